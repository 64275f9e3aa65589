package runtime

import (
	"internal/abi"
	"unsafe"
)

// The print and println builtins, and what panics say. Bytes are gathered in a buffer that goes out when a line
// is complete, it is full, or the statement ends.

var printBuf struct {
	n     uintptr
	bytes [256]byte
}

func printlock() {}

// printunlock ends a print statement: what stands in the buffer goes out, except that under polkadot only whole
// lines are worth a log message.
func printunlock() {
	if !printsLines {
		printflush()
	}
}

//go:noinline
func printflush() {
	if printBuf.n != 0 {
		if p := unsafe.Pointer(&printBuf.bytes); !printsink(p, printBuf.n) {
			writeErr(p, printBuf.n)
		}
		printBuf.n = 0
	}
}

func printbyte(c byte) {
	if printBuf.n == uintptr(len(printBuf.bytes)) {
		printflush()
	}
	*(*byte)(add(unsafe.Pointer(&printBuf.bytes), printBuf.n)) = c
	printBuf.n++
	if c == '\n' && printsLines {
		printflush()
	}
}

//go:noinline
func printstring(s string) {
	for i := 0; i < len(s); i++ {
		printbyte(s[i])
	}
}

func printsp() { printbyte(' ') }

func printnl() { printbyte('\n') }

func printbool(v bool) {
	if v {
		printstring("true")
	} else {
		printstring("false")
	}
}

// printDigits is static, so that printing never allocates.
var printDigits [20]byte

func printuint(v uint64) {
	buf := &printDigits
	i := len(buf)
	for {
		i--
		buf[i] = byte(v%10) + '0'
		v /= 10
		if v == 0 {
			break
		}
	}
	printstring(unsafe.String(&buf[i], len(buf)-i))
}

func printint(v int64) {
	if v < 0 {
		printbyte('-')
		v = -v
	}
	printuint(uint64(v))
}

func printhex(v uint64) {
	printstring("0x")
	shift := 60
	for shift > 0 && v>>shift == 0 {
		shift -= 4
	}
	for ; shift >= 0; shift -= 4 {
		printbyte("0123456789abcdef"[v>>shift&15])
	}
}

func printpointer(p unsafe.Pointer) { printhex(uint64(uintptr(p))) }

func printeface(e any) {
	w := (*abi.EmptyInterface)(unsafe.Pointer(&e))
	printbyte('(')
	printpointer(unsafe.Pointer(w.Type))
	printbyte(',')
	printpointer(w.Data)
	printbyte(')')
}

func printslice(s []byte) {
	printbyte('[')
	printint(int64(len(s)))
	printbyte('/')
	printint(int64(cap(s)))
	printbyte(']')
	printpointer(unsafe.Pointer(unsafe.SliceData(s)))
}
