// Package abi: the code of function values.
package abi

import "unsafe"

// FuncPCABI0 returns the table index of the code of f, a function value.
func FuncPCABI0(f any) uintptr { return FuncPCABIInternal(f) }

// FuncPCABIInternal returns the table index of the code of f, a function value.
func FuncPCABIInternal(f any) uintptr {
	return *(*uintptr)((*EmptyInterface)(unsafe.Pointer(&f)).Data)
}
