package runtime

// Places in the code are not kept at run time yet: every question about them is answered as for code without them.

// Caller reports nothing: ok is false.
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	return 0, "", 0, false
}

// Callers fills nothing in and returns 0.
func Callers(skip int, pc []uintptr) int { return 0 }

// A Func stands for a function of the running program.
type Func struct {
	opaque struct{}
}

// FuncForPC returns nil: no function is known by its program counter.
func FuncForPC(pc uintptr) *Func { return nil }

// Name returns the empty string.
func (f *Func) Name() string { return "" }

// Entry returns 0.
func (f *Func) Entry() uintptr { return 0 }

// FileLine returns the file "?" and line 0.
func (f *Func) FileLine(pc uintptr) (file string, line int) { return "?", 0 }

// Frames translates what Callers returns. There is nothing to translate.
type Frames struct {
	opaque struct{}
}

// A Frame is what Frames returns for each call.
type Frame struct {
	PC       uintptr
	Func     *Func
	Function string
	File     string
	Line     int
	Entry    uintptr
}

// CallersFrames prepares to translate program counters.
func CallersFrames(callers []uintptr) *Frames { return &Frames{} }

// Next returns no frame.
func (ci *Frames) Next() (frame Frame, more bool) { return Frame{}, false }

// Stack would write a trace of the calling goroutine; it writes nothing and returns 0.
func Stack(buf []byte, all bool) int { return 0 }
