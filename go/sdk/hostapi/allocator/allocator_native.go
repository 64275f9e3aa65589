//go:build !(wasm && polkadot)

package allocator

func hostMalloc(uint32) uint32 { panic("allocator: there is no linear memory here") }

func hostFree(uint32) { panic("allocator: there is no linear memory here") }
