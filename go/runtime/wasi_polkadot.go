//go:build polkadot

package runtime

import "unsafe"

// A runtime of Polkadot sees neither files nor a clock. What the standard library asks of WASI preview 1 is answered
// here; the compiler lets each import wasi_snapshot_preview1.NAME find wasi_NAME, and those that are not here fail
// with errnoNoSys.

const (
	errnoBadf  = 8
	errnoSpipe = 70
)

// fileTypeCharacterDevice is preview 1's number of the kind of file that a terminal is.
const fileTypeCharacterDevice = 2

func readArguments() []string { return nil }

func readEnvironment() []string { return nil }

// walltime returns the start of the Unix epoch: the time of a block is what its inherents say.
func walltime() (sec int64, nsec int32) { return 0, 0 }

func wasi_proc_exit(code int32) { exitProgram(code) }

func wasi_clock_time_get(clock uint32, precision uint64, time *uint64) uint32 {
	*time = uint64(nanotime())
	return 0
}

// wasi_fd_write logs what goes to the standard streams, a line a message.
func wasi_fd_write(fd int32, iovs unsafe.Pointer, n uint32, nwritten *uint32) uint32 {
	if fd != 1 && fd != 2 {
		return errnoBadf
	}
	total := uintptr(0)
	for ; n > 0; n-- {
		size := *(*uintptr)(add(iovs, 4))
		logLines(*(*unsafe.Pointer)(iovs), size)
		total += size
		iovs = add(iovs, 8)
	}
	*nwritten = uint32(total)
	return 0
}

// logLines logs the lines of n bytes at p. What follows the last newline waits for the rest of its line.
func logLines(p unsafe.Pointer, n uintptr) {
	start := uintptr(0)
	for i := uintptr(0); i < n; i++ {
		if *(*byte)(add(p, i)) != '\n' {
			continue
		}
		if printBuf.n == 0 {
			writeErr(add(p, start), i+1-start)
		} else {
			printstring(unsafe.String((*byte)(add(p, start)), int(i+1-start)))
		}
		start = i + 1
	}
	printstring(unsafe.String((*byte)(add(p, start)), int(n-start)))
}

// wasi_fd_read finds standard input at its end.
func wasi_fd_read(fd int32, iovs unsafe.Pointer, n uint32, nread *uint32) uint32 {
	if fd != 0 {
		return errnoBadf
	}
	*nread = 0
	return 0
}

func wasi_fd_close(fd int32) uint32 {
	if uint32(fd) > 2 {
		return errnoBadf
	}
	return 0
}

func wasi_fd_seek(fd int32, offset int64, whence uint32, newOffset *uint64) uint32 {
	if uint32(fd) > 2 {
		return errnoBadf
	}
	return errnoSpipe
}

// wasi_fd_fdstat_get describes the standard streams as terminals. The structure has 24 bytes: the kind of file, flags
// and rights.
func wasi_fd_fdstat_get(fd int32, buf unsafe.Pointer) uint32 {
	if uint32(fd) > 2 {
		return errnoBadf
	}
	memclrNoHeapPointers(buf, 24)
	*(*byte)(buf) = fileTypeCharacterDevice
	*(*uint64)(add(buf, 8)) = 1<<63 - 1
	*(*uint64)(add(buf, 16)) = 1<<63 - 1
	return 0
}

func wasi_fd_fdstat_set_flags(fd int32, flags uint32) uint32 {
	if uint32(fd) > 2 {
		return errnoBadf
	}
	return 0
}

// wasi_fd_filestat_get describes the standard streams: 64 bytes with the kind of file at offset 16.
func wasi_fd_filestat_get(fd int32, buf unsafe.Pointer) uint32 {
	if uint32(fd) > 2 {
		return errnoBadf
	}
	memclrNoHeapPointers(buf, 64)
	*(*byte)(add(buf, 16)) = fileTypeCharacterDevice
	return 0
}

// wasi_fd_prestat_get ends the list of directories before its first one.
func wasi_fd_prestat_get(fd int32, prestat unsafe.Pointer) uint32 { return errnoBadf }
