//go:build !(wasm && polkadot)

package abi

import "sync"

// memory stands in for linear memory: the bytes at each address that Output gave out.
var memory struct {
	sync.Mutex
	next uint32
	at   map[uint32][]byte
}

// Input returns the n bytes at address ptr, which [Output] gave out. It panics if it did not.
func Input(ptr, n uint32) []byte {
	memory.Lock()
	defer memory.Unlock()
	b, ok := memory.at[ptr]
	if !ok && n == 0 {
		return nil
	}
	if !ok || uint32(len(b)) < n {
		panic("abi: no input at this address")
	}
	return b[:n:n]
}

// Output returns the address and length of b, packed, as the result of a call.
func Output(b []byte) uint64 {
	memory.Lock()
	defer memory.Unlock()
	if memory.at == nil {
		memory.at = make(map[uint32][]byte)
		memory.next = 1024
	}
	ptr := memory.next
	memory.next += uint32(len(b)) + 8
	memory.at[ptr] = b
	return Pack(ptr, uint32(len(b)))
}
