//go:build polkadot && !polkago_rfc145

package runtime

//go:wasmimport env ext_allocator_malloc_version_1
func ext_allocator_malloc(size uint32) uint32

// sysAlloc returns the address of n bytes of memory from the host's allocator, which traps where there is none.
func sysAlloc(n uintptr) uintptr {
	return uintptr(ext_allocator_malloc(uint32(n)))
}
