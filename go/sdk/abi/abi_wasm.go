//go:build wasm && polkadot

package abi

import "unsafe"

// Input returns the n bytes at address ptr, where the host has put the arguments of a call. They are not copied:
// they are the host's until the call returns.
func Input(ptr, n uint32) []byte {
	return unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(nil), ptr)), n)
}

// Output returns the address and length of b, packed, as the result of a call. b must not change afterwards.
func Output(b []byte) uint64 {
	return Pack(uint32(uintptr(unsafe.Pointer(unsafe.SliceData(b)))), uint32(len(b)))
}
