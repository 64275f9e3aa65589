package runtime

// Panics print their message and end the program, as long as no program can recover (decision record 0003).

// startPanic begins the message of a panic.
func startPanic() {
	printflush()
	printstring("panic: ")
}

// endPanic ends the message of a panic, and the program with exit code 2.
func endPanic() {
	printstring(panicTrailer)
	printflush()
	exit(2)
	trap()
}

// panicError panics with a run-time error.
func panicError(msg string) {
	startPanic()
	printstring("runtime error: ")
	printstring(msg)
	endPanic()
}

// throw ends the program because of an error that no program can recover from.
func throw(msg string) {
	printflush()
	printstring("fatal error: ")
	printstring(msg)
	endPanic()
}

func panicmem() {
	startPanic()
	printstring("runtime error: invalid memory address or nil pointer dereference\n" +
		"[signal SIGSEGV: segmentation violation]")
	endPanic()
}

func panicdivide() { panicError("integer divide by zero") }

func panicshift() { panicError("negative shift amount") }

func panicmakeslicelen() { panicError("makeslice: len out of range") }

func panicmakeslicecap() { panicError("makeslice: cap out of range") }

func panicmakechansize() { panicPlain("makechan: size out of range") }

func panicsendclosed() { panicPlain("send on closed channel") }

func panicclosenil() { panicPlain("close of nil channel") }

func panicclosetwice() { panicPlain("close of closed channel") }

// panicPlain panics with an error of the runtime whose text does not begin with "runtime error".
func panicPlain(msg string) {
	startPanic()
	printstring(msg)
	endPanic()
}

func panicunsafeslicelen() { panicError("unsafe.Slice: len out of range") }

func panicunsafeslicenilptr() { panicError("unsafe.Slice: ptr is nil and len is not zero") }

func panicunsafestringlen() { panicError("unsafe.String: len out of range") }

func panicunsafestringnilptr() { panicError("unsafe.String: ptr is nil and len is not zero") }

// morestackc reports that the stack is used up. A function in a cycle of the call graph calls it when its frame
// would not fit (decision record 0002).
func morestackc() {
	printflush()
	printstring("runtime: goroutine stack exceeds its limit\nfatal error: stack overflow")
	endPanic()
}
