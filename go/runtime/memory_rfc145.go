//go:build polkago_rfc145

package runtime

import "unsafe"

// Memory and input of runtimes with an allocator of their own (RFC-145).

//go:wasmimport env ext_input_read_version_1
func ext_input_read(buffer uint64)

// sysAlloc returns the address of n bytes of new memory, or 0.
func sysAlloc(n uintptr) uintptr {
	old := memoryGrow(int32((n + 0xffff) >> 16))
	if old < 0 {
		return 0
	}
	return uintptr(old) << 16
}

// callInput is the input of the current call. It lives as long as the call, for who reads it may not refer to it yet.
var callInput []byte

// readInput takes over the input of a call, n bytes, and returns its address. Entry points begin with it.
func readInput(n uint32) uint32 {
	callInput = make([]byte, n)
	p := unsafe.Pointer(unsafe.SliceData(callInput))
	ext_input_read(span64(p, uintptr(n)))
	return uint32(uintptr(p))
}
