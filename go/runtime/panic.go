package runtime

import "unsafe"

// Panics of the runtime, and the end of the program. Where calls are deferred a panic has a value and runs them
// (defer.go); in other programs it prints its message and ends the program, with no value made.

// errorPrefix begins the messages of run-time errors.
const errorPrefix = "runtime error: "

// sigpanicText is what the official runtime says of the signal behind a nil pointer dereference.
const sigpanicText = "\n[signal SIGSEGV: segmentation violation]"

// startPanic begins the message of a panic.
func startPanic() {
	printflush()
	printstring("panic: ")
}

// endPanic ends the message of a panic, and the program with exit code 2.
func endPanic() {
	endMessage()
	printtrace(0)
	printflush()
	exitProcess(2)
	trap()
}

// endMessage ends the message itself, and begins the trace where there is one or the host shows none.
func endMessage() {
	printbyte('\n')
	if beginsTrace || callSites() != 0 {
		printbyte('\n')
		printrunning()
	}
}

// panicError panics with a run-time error.
//
//go:untraced
func panicError(msg string) {
	raiseError(msg)
	startPanic()
	printstring(errorPrefix)
	printstring(msg)
	endPanic()
}

// panicError2 panics with a run-time error that is put together from two parts.
//
//go:untraced
func panicError2(msg, more string) {
	raiseError2(msg, more)
	startPanic()
	printstring(errorPrefix)
	printstring(msg)
	printstring(more)
	endPanic()
}

// raiseError panics with a value that may be recovered.
//
//go:ifreached pushDefer
//go:untraced
func raiseError(msg string) { gopanic(errorString(msg)) }

// raisePlain is raiseError for a text that is the whole message.
//
//go:ifreached pushDefer
//go:untraced
func raisePlain(msg string) { gopanic(plainError(msg)) }

// raiseError2 is raiseError for two parts.
//
//go:ifreached pushDefer
//go:untraced
func raiseError2(msg, more string) { gopanic(errorString(msg + more)) }

// throw ends the program because of an error that no program can recover from.
func throw(msg string) {
	printflush()
	printstring("fatal error: ")
	printstring(msg)
	endPanic()
}

func panicmem() {
	const msg = "invalid memory address or nil pointer dereference"
	raiseMemory(msg)
	startPanic()
	printstring(errorPrefix + msg + sigpanicText)
	endPanic()
}

// raiseMemory panics with a value that may be recovered.
//
//go:ifreached pushDefer
//go:untraced
func raiseMemory(msg string) {
	getg().sigpanic = true
	gopanic(errorString(msg))
}

// panicwrap panics because a method of values was called through a nil pointer. name is the symbol of the method.
//
//go:untraced
func panicwrap(name string) {
	name = goName(name)
	start, dot := 0, 0
	for i := 0; i < len(name); i++ {
		switch {
		case name[i] == '/':
			start = 0
		case name[i] == '.' && start == 0:
			start = i + 1
		case name[i] == '.':
			dot = i
		}
	}
	panicPlain("value method " + name + " called using nil *" + name[start:max(dot, start)] + " pointer")
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
//
//go:untraced
func panicPlain(msg string) {
	raisePlain(msg)
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
	// What it calls must not come here again.
	unlimitStack()
	// Nothing below is returned to, so the report may run on the whole stack.
	n := 0
	if callSites() != 0 {
		n = tracePCs(shadowSP(), stackTop(), 0, unsafe.Pointer(&pcBuf), maxTrace)
	}
	setShadowSP(stackHi())
	printflush()
	printstring("runtime: goroutine stack exceeds 250000000-byte limit\nfatal error: stack overflow")
	endMessage()
	printpcs(n)
	printcreated(getg())
	printflush()
	exitProcess(2)
	trap()
}
