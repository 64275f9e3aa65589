//go:build !polkadot

package runtime

import "unsafe"

//go:wasmimport wasi_snapshot_preview1 fd_write
func fd_write(fd int32, iovs unsafe.Pointer, niovs uint32, nwritten unsafe.Pointer) uint32

//go:wasmimport wasi_snapshot_preview1 proc_exit
func proc_exit(code int32)

// printsLines says that print goes out a line at a time.
const printsLines = false

// beginsTrace says whether the head of a trace is printed where there is none.
const beginsTrace = true

// gcMaximumGrowth is the most bytes between two collections: memory ends at 4 GiB, but every collection goes through
// all that lives.
const gcMaximumGrowth = 256 << 20

// An iovec is an element of preview 1's list of buffers.
type iovec struct {
	buf uintptr
	len uintptr
}

var writeArgs struct {
	iov iovec
	n   uint32
}

// writeErr writes what print and panics say to standard error.
func writeErr(p unsafe.Pointer, n uintptr) {
	a := &writeArgs
	a.iov.buf = uintptr(p)
	a.iov.len = n
	for a.iov.len != 0 {
		if fd_write(2, unsafe.Pointer(&a.iov), 1, unsafe.Pointer(&a.n)) != 0 {
			return
		}
		a.iov.buf += uintptr(a.n)
		a.iov.len -= uintptr(a.n)
	}
}

// exitProcess ends the program.
func exitProcess(code int32) {
	proc_exit(code)
	trap()
}

// exitProgram ends the program as it asks for.
func exitProgram(code int32) {
	printflush()
	exitProcess(code)
}

// sysAlloc returns the address of n bytes of new memory, or 0.
func sysAlloc(n uintptr) uintptr {
	old := memoryGrow(int32((n + 0xffff) >> 16))
	if old < 0 {
		return 0
	}
	return uintptr(old) << 16
}

//go:wasmimport wasi_snapshot_preview1 random_get
func random_get(buf unsafe.Pointer, n uint32) uint32

// randomSeed returns a number that is another one in each run of the program, if the host has any.
func randomSeed() uint64 {
	seed := uint64(1)
	random_get(unsafe.Pointer(&seed), 8)
	return seed
}
