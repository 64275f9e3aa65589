package runtime

import "unsafe"

// The traces that panics and deadlocks print and Stack gives.

// maxTrace is the number of calls that a trace shows.
const maxTrace = 100

// pcBuf holds the calls of a trace that is being printed.
var pcBuf [maxTrace]uintptr

// printrunning prints the head of a goroutine's trace.
func printrunning() {
	printstring("goroutine ")
	printuint(getg().id)
	printstring(" [running")
	printbubble(getg())
	printstring("]:\n")
}

// printtrace prints the calls of the running goroutine, without the first skip ones.
func printtrace(skip int) {
	if callSites() != 0 {
		printpcs(tracePCs(shadowSP(), stackTop(), skip+1, unsafe.Pointer(&pcBuf), maxTrace))
		printcreated(getg())
	}
}

// printwaiting prints what a goroutine waits for, and its calls.
func printwaiting(gp *g) {
	printstring("\ngoroutine ")
	printuint(gp.id)
	printstring(" [")
	if gp.status == gRunnable {
		printstring("runnable")
	} else {
		printstring(string(gp.waitreason))
	}
	printbubble(gp)
	printstring("]:\n")
	if callSites() == 0 {
		return
	}
	sp, top := gp.sp, gp.base
	if !sched.multi {
		// It has not been suspended: nobody else is there.
		sp, top = shadowSP(), stackTop()
	}
	printpcs(tracePCs(sp, top, 0, unsafe.Pointer(&pcBuf), maxTrace))
	printcreated(gp)
}

// printothers prints the traces of all goroutines but the running one.
func printothers() {
	if own := getg(); own != &g0 && g0.status != gGone {
		printwaiting(&g0)
	}
	for gp := sched.allfirst; gp != nil; gp = gp.allnext {
		if gp != sched.curg {
			printwaiting(gp)
		}
	}
}

// printcreated prints the go statement that a goroutine began with.
func printcreated(gp *g) {
	if callSites() == 0 || gp.gopc == 0 {
		return
	}
	row := siteRow((gp.gopc - pcBase) >> pcShift)
	printstring("created by ")
	printname(tableString(row.name))
	printstring(" in goroutine ")
	printuint(gp.parent)
	printstring("\n\t")
	printplace(gp.gopc)
}

// printplace prints the file and line of a call, and its place among all.
func printplace(pc uintptr) {
	row := siteRow((pc - pcBase) >> pcShift)
	printstring(tableString(row.file))
	printbyte(':')
	printuint(uint64(row.line &^ noParams))
	printstring(" +")
	printhex(uint64(pc - pcBase))
	printbyte('\n')
}

// printpcs prints the first n calls in pcBuf. Those of the runtime's own functions are left out, but for what users call
// and for panics between others.
func printpcs(n int) {
	shown := false
	for i := 0; i < n; i++ {
		row := siteRow((pcBuf[i] - pcBase) >> pcShift)
		name := tableString(row.name)
		if name == "runtime.gopanic" && shown {
			name = "panic"
		} else if hidden(name) {
			continue
		}
		shown = true
		printname(name)
		if row.line&noParams != 0 {
			printstring("()\n\t")
		} else {
			printstring("(...)\n\t")
		}
		printplace(pcBuf[i])
	}
	if n == maxTrace {
		printstring("...additional frames elided...\n")
	}
}

// hidden reports whether a function is of the runtime and not exported; so are those of maps that are the runtime's
// officially.
func hidden(name string) bool {
	const prefix, maps = "runtime.", "internal/runtime/maps.runtime_"
	if len(name) <= len(prefix) || name[:len(prefix)] != prefix {
		return len(name) > len(maps) && name[:len(maps)] == maps
	}
	c := name[len(prefix)]
	return c < 'A' || c > 'Z'
}

// printname prints the name of a function without its type arguments, as goName gives it. It allocates nothing.
func printname(symbol string) {
	const dot = "\u00b7"
	depth := 0
	for i := 0; i < len(symbol); i++ {
		switch c := symbol[i]; c {
		case '[':
			if depth == 0 {
				printstring("[...]")
			}
			depth++
		case ']':
			depth--
		default:
			if depth != 0 {
				continue
			}
			if c == dot[0] && i+1 < len(symbol) && symbol[i+1] == dot[1] {
				return
			}
			printbyte(c)
		}
	}
}

// sink takes what is printed, if it is on.
var sink struct {
	on  bool
	buf []byte
	n   int
}

// printsink puts what would be printed into the sink. It reports whether that is on.
//
//go:ifreached Stack
func printsink(p unsafe.Pointer, n uintptr) bool {
	if !sink.on {
		return false
	}
	sink.n += copy(sink.buf[sink.n:], unsafe.Slice((*byte)(p), n))
	return true
}

// Stack formats a trace of the calling goroutine into buf, with all behind it those of the others, and returns the number
// of bytes written.
func Stack(buf []byte, all bool) int {
	printflush()
	sink.on, sink.buf, sink.n = true, buf, 0
	printrunning()
	printtrace(1)
	if all {
		printothers()
	}
	printflush()
	sink.on, sink.buf = false, nil
	return sink.n
}
