// Package runtime is the Go runtime of programs that polkago compiles. It replaces the release's package of the
// same name whole; the compiler compiles it together with the program and keeps what is reachable.
//
// It is ordinary Go over one linear memory. What Go cannot say (growing memory, trapping, the bounds of the stack)
// stands in stubs.go as functions without body, which the compiler expands. What differs between hosts stands in
// files named after the ABI profile, behind its build tag.
package runtime
