package runtime

import "unsafe"

// Places in the code at run time (decision record 0014). With --trace=full each frame holds the number of the call that
// its function makes, and the linker's tables say what the numbers are. Otherwise every question is answered as for code
// without places.
//
// A program counter is the number of a call, scaled so that the address before it belongs to the same call; below
// those it is the index of a function in the table, as function values hold it.

const (
	pcBase  = 1 << 24
	pcShift = 4
	pcInner = 8 // places pc-1 in the same call
)

// A callSite is a row of the table of calls.
type callSite struct {
	name  uint32
	file  uint32
	line  uint32
	outer uint32 // the call that the function was inlined through, or 0
	live  uint32 // the map of what the call leaves alive, or 0
}

// noParams in the line of a row says that the function takes no parameters.
const noParams = 1 << 31

// A Func stands for a function of the running program: it is a row of one of the tables, which begin alike.
type Func struct {
	name uint32
	file uint32
	line uint32
}

// siteRow returns the row of a call.
func siteRow(id uintptr) *callSite {
	return (*callSite)(unsafe.Pointer(callSites() + (id-1)*unsafe.Sizeof(callSite{})))
}

// tableString returns the string at an offset in the tables.
func tableString(offset uint32) string {
	at := callSites() + uintptr(offset)
	return unsafe.String((*byte)(unsafe.Pointer(at+4)), int(load32(at)))
}

// stackTop returns where the outermost frame of the running goroutine ends, or of the scheduler where none is running.
func stackTop() uintptr {
	if gp := sched.curg; gp != nil && gp.base != 0 {
		return gp.base
	}
	return stackHi()
}

// tracePCs writes the program counters of the calls in the frames between two addresses to an array, without the first
// skip ones, and returns how many there are. For the running goroutine sp is the frame of its caller and top stackTop().
// It needs no memory, so that it can run where the stack is used up.
//
//go:noinline
func tracePCs(sp, top uintptr, skip int, pcs unsafe.Pointer, most int) int {
	if callSites() == 0 {
		return 0
	}
	n := 0
	for sp != top {
		size := load32(load32(sp))
		if size == 0 {
			sp = load32(sp + linkOuter)
			continue
		}
		for id := load32(sp + 4); id != 0; id = uintptr(siteRow(id).outer) {
			if siteRow(id).line == 0 {
				// It is there for the collector alone.
				break
			}
			if skip > 0 {
				skip--
				continue
			}
			if n == most {
				return n
			}
			*(*uintptr)(add(pcs, uintptr(n)*4)) = pcBase + id<<pcShift + pcInner
			n++
		}
		sp += size
	}
	if skip == 0 && n < most {
		// The last row is that of goexit, where goroutines end.
		*(*uintptr)(add(pcs, uintptr(n)*4)) = pcBase + callSitesLen()<<pcShift + pcInner
		n++
	}
	return n
}

// Callers fills pc with the program counters of the running calls, without the first skip ones: 0 is Callers itself. It
// returns how many there are.
func Callers(skip int, pc []uintptr) int {
	if len(pc) == 0 {
		return 0
	}
	return tracePCs(shadowSP(), stackTop(), skip, unsafe.Pointer(&pc[0]), len(pc))
}

// Caller reports the place of a running call: that of Caller where skip is 0, that of the function which calls Caller
// where it is 1, and so on.
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	var pcs [1]uintptr
	if tracePCs(shadowSP(), stackTop(), skip+1, unsafe.Pointer(&pcs), 1) == 0 {
		return 0, "", 0, false
	}
	file, line = FuncForPC(pcs[0]).FileLine(pcs[0])
	return pcs[0], file, line, true
}

// FuncForPC returns the function that contains a program counter, or nil.
func FuncForPC(pc uintptr) *Func {
	if callSites() == 0 {
		return nil
	}
	if pc < pcBase {
		if pc == 0 || pc >= tableLen() {
			return nil
		}
		rows := callSites() + callSitesLen()*unsafe.Sizeof(callSite{})
		return (*Func)(unsafe.Pointer(rows + (pc-1)*unsafe.Sizeof(Func{})))
	}
	id := (pc - pcBase) >> pcShift
	if id == 0 || id > callSitesLen() {
		return nil
	}
	return (*Func)(unsafe.Pointer(siteRow(id)))
}

// Name returns the name of the function.
func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return goName(tableString(f.name))
}

// goName makes the name of a function of its symbol: type arguments are not shown, nor what is behind the middle dot
// of a generated function.
func goName(symbol string) string {
	const dot = "\u00b7"
	depth, from := 0, 0
	name := ""
	for i := 0; i < len(symbol); i++ {
		switch c := symbol[i]; {
		case c == '[':
			if depth == 0 {
				name += symbol[from:i] + "[...]"
			}
			depth++
		case c == ']':
			depth--
			from = i + 1
		case depth == 0 && c == dot[0] && i+1 < len(symbol) && symbol[i+1] == dot[1]:
			return name + symbol[from:i]
		}
	}
	return name + symbol[min(from, len(symbol)):]
}

// Entry returns a program counter of the function.
func (f *Func) Entry() uintptr {
	at := uintptr(unsafe.Pointer(f)) - callSites()
	if sites := callSitesLen() * unsafe.Sizeof(callSite{}); at >= sites {
		return (at-sites)/unsafe.Sizeof(Func{}) + 1
	}
	return pcBase + (at/unsafe.Sizeof(callSite{})+1)<<pcShift + pcInner
}

// FileLine returns the file and line of a program counter in the function.
func (f *Func) FileLine(pc uintptr) (file string, line int) {
	row := FuncForPC(pc)
	if row == nil {
		return "?", 0
	}
	file = tableString(row.file)
	if file == "" {
		// A line directive named none.
		file = "??"
	}
	return file, int(row.line &^ noParams)
}

// Frames translates what Callers returns.
type Frames struct {
	callers []uintptr
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
func CallersFrames(callers []uintptr) *Frames { return &Frames{callers} }

// Next returns the next frame, and whether there are more.
func (ci *Frames) Next() (frame Frame, more bool) {
	for len(ci.callers) > 0 {
		pc := ci.callers[0]
		ci.callers = ci.callers[1:]
		f := FuncForPC(pc)
		if f == nil {
			continue
		}
		frame = Frame{PC: pc, Func: f, Function: f.Name(), Entry: f.Entry()}
		frame.File, frame.Line = f.FileLine(pc)
		return frame, len(ci.callers) > 0
	}
	return frame, false
}
