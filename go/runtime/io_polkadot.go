//go:build polkadot

package runtime

import "unsafe"

//go:wasmimport env ext_logging_log_version_1
func ext_logging_log(level uint32, target, message uint64)

// logError is the number of the log level "error" in calls of the host.
const logError = 0

// printsLines says that print goes out a line at a time.
const printsLines = true

// beginsTrace says whether the head of a trace is printed where there is none. The host shows the stack.
const beginsTrace = false

// gcMaximumGrowth is the most bytes between two collections: the executor's heap is a fixed 128 MiB.
const gcMaximumGrowth = 32 << 20

// span64 packs the address and length of bytes as the host API passes them.
func span64(p unsafe.Pointer, n uintptr) uint64 {
	return uint64(n)<<32 | uint64(uintptr(p))
}

// writeErr logs what print and panics say, a line a message.
func writeErr(p unsafe.Pointer, n uintptr) {
	if n != 0 && *(*byte)(add(p, n-1)) == '\n' {
		n--
	}
	const target = "runtime"
	ext_logging_log(logError, span64(unsafe.Pointer(unsafe.StringData(target)), uintptr(len(target))), span64(p, n))
}

// exitProcess ends the call: a runtime has no exit code, so the host sees a trap.
func exitProcess(code int32) {
	trap()
}

// exitProgram ends the call as the program asks for. With a trap alone nobody would know why.
func exitProgram(code int32) {
	printflush()
	printstring("exit status ")
	printint(int64(code))
	printflush()
	exitProcess(code)
}

// endExport logs what an exported function has printed of a line that it did not end.
//
//go:ifreached printunlock logLines
func endExport() { printflush() }

// randomSeed returns a constant: a call of a runtime must give the same result on every machine.
func randomSeed() uint64 { return 1 }
