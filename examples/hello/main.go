// Hello is the smallest Polkadot runtime worth running: it tells its version, echoes, and makes garbage.
package main

import "polkago.dev/sdk/abi"

//go:wasmexport Core_version
func coreVersion(ptr, n uint32) uint64 {
	return abi.Output(version.encode())
}

// helloEcho returns its input.
//
//go:wasmexport Hello_echo
func helloEcho(ptr, n uint32) uint64 {
	return abi.Output(abi.Input(ptr, n))
}

// helloChurn takes a little-endian count, and builds and drops that many linked objects and byte slices. It returns
// a checksum of what they held.
//
//go:wasmexport Hello_churn
func helloChurn(ptr, n uint32) uint64 {
	in := abi.Input(ptr, n)
	if len(in) != 4 {
		panic("Hello_churn takes a little-endian u32")
	}
	count := uint32(in[0]) | uint32(in[1])<<8 | uint32(in[2])<<16 | uint32(in[3])<<24
	return abi.Output(appendU32(nil, churn(count)))
}
