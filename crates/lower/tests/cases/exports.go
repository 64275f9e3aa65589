// The signatures of exports and imports are those that the host can take.
//
// target: polkadot
package main

//go:wasmexport good
func good(ptr, n uint32) uint64 { return 0 }

//go:wasmexport results
func results(ptr, n uint32) (a, b int32) { return }

//export params
func params(x []byte) uint64 { return 0 }

//go:wasmexport shape
func shape(x int64) int64 { return x }

//go:wasmexport good
func twice(ptr, n uint32) uint64 { return 0 }

//go:wasmexport calls
func calls(ptr, n uint32) uint64 { return host(1) + other() + missing() }

//go:wasmimport env host
func host(n int) uint64

//go:wasmimport elsewhere other
func other() uint64

func missing() uint64
