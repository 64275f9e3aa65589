//go:build wasm && polkadot && !polkago_rfc145

package main

import (
	"polkago.dev/sdk/abi"
	"polkago.dev/sdk/hostapi/allocator"
	"polkago.dev/sdk/hostapi/panichandler"
	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/scale"
)

//go:wasmexport Hostapi_run
func hostapiRun(ptr, n uint32) uint64 { return abi.Output(run()) }

// hostapiBackend tells what the state must have before Hostapi_run: pairs of bytes.
//
//go:wasmexport Hostapi_backend
func hostapiBackend(ptr, n uint32) uint64 {
	list := backend()
	b := scale.AppendLen(nil, len(list))
	for _, e := range list {
		b = scale.AppendBytes(scale.AppendBytes(b, e.key), e.value)
	}
	return abi.Output(b)
}

// hostapiGet reads a value of 100 KiB as many times as the argument says, 4 bytes, and returns the sum of the lengths.
//
//go:wasmexport Hostapi_get
func hostapiGet(ptr, n uint32) uint64 {
	times := scale.NewDecoder(abi.Input(ptr, n)).U32()
	key := []byte("large")
	storage.Set(key, make([]byte, 100<<10))
	sum := uint64(0)
	for range times {
		v, _ := storage.Get(key)
		sum += uint64(len(v))
	}
	return abi.Output(scale.AppendU64(nil, sum))
}

// hostapiSmall is hostapiGet with a value of 100 bytes, and keys that are asked for one after the other.
//
//go:wasmexport Hostapi_small
func hostapiSmall(ptr, n uint32) uint64 {
	times := scale.NewDecoder(abi.Input(ptr, n)).U32()
	key := []byte("small")
	storage.Set(key, make([]byte, 100))
	sum := uint64(0)
	for range times {
		v, _ := storage.Get(key)
		next, _ := storage.NextKey([]byte("s"))
		sum += uint64(len(v)) + uint64(len(next))
	}
	return abi.Output(scale.AppendU64(nil, sum))
}

//go:wasmexport Hostapi_abort
func hostapiAbort(ptr, n uint32) uint64 {
	allocator.Free(allocator.Malloc(100))
	panichandler.AbortOnPanic("the message")
	return 0
}
