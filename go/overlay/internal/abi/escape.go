package abi

// EscapeNonString would make what v points to escape. Whatever may outlive its function is on the heap anyway.
func EscapeNonString[T any](v T) {}

// EscapeToResultNonString would make what v points to escape to the result.
func EscapeToResultNonString[T any](v T) T { return v }
