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
