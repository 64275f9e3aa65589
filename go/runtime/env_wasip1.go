//go:build !polkadot

package runtime

import "unsafe"

//go:wasmimport wasi_snapshot_preview1 args_sizes_get
func args_sizes_get(argc, argvBufLen *uint32) uint32

//go:wasmimport wasi_snapshot_preview1 args_get
func args_get(argv unsafe.Pointer, argvBuf *byte) uint32

//go:wasmimport wasi_snapshot_preview1 environ_sizes_get
func environ_sizes_get(environCount, environBufLen *uint32) uint32

//go:wasmimport wasi_snapshot_preview1 environ_get
func environ_get(environ unsafe.Pointer, environBuf *byte) uint32

// hostStringsSizes is where the host writes the number of strings and their bytes.
var hostStringsSizes struct{ count, bytes uint32 }

func readArguments() []string {
	s := &hostStringsSizes
	if args_sizes_get(&s.count, &s.bytes) != 0 || s.count == 0 {
		return nil
	}
	pointers := make([]uint32, s.count)
	buf := make([]byte, s.bytes)
	if args_get(unsafe.Pointer(&pointers[0]), &buf[0]) != 0 {
		return nil
	}
	return splitStrings(buf, int(s.count))
}

func readEnvironment() []string {
	s := &hostStringsSizes
	if environ_sizes_get(&s.count, &s.bytes) != 0 || s.count == 0 {
		return nil
	}
	pointers := make([]uint32, s.count)
	buf := make([]byte, s.bytes)
	if environ_get(unsafe.Pointer(&pointers[0]), &buf[0]) != 0 {
		return nil
	}
	return splitStrings(buf, int(s.count))
}
