// Package abi is the boundary of a Polkadot runtime: how the host passes the arguments of a runtime API call, and
// how its result goes back (Polkadot specification, "Runtime Environment").
//
// A runtime API function is exported under its name and takes the address and length of its SCALE-encoded
// arguments in linear memory; it returns the address and length of its SCALE-encoded result, packed into one
// integer:
//
//	//go:wasmexport Core_version
//	func coreVersion(ptr, n uint32) uint64 {
//		args := abi.Input(ptr, n)
//		...
//		return abi.Output(result)
//	}
//
// It is the only package that a runtime needs whose code uses unsafe. Under another architecture than wasm it keeps
// the bytes in a table instead, so that the same runtime can be tested by the official go command:
// [Output] gives an address to any bytes, and [Input] reads them back.
package abi

// Pack joins an address and a length as runtime API functions return them.
func Pack(ptr, n uint32) uint64 {
	return uint64(n)<<32 | uint64(ptr)
}

// Unpack splits what a runtime API function returned into address and length.
func Unpack(packed uint64) (ptr, n uint32) {
	return uint32(packed), uint32(packed >> 32)
}
