//go:build wasm && polkadot

package main

import "polkago.dev/sdk/abi"

//go:wasmexport Hostapi_worker
func hostapiWorker(ptr, n uint32) uint64 { return abi.Output(worker()) }
