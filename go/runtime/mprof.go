package runtime

import "unsafe"

// Profiles. Every profile but those of goroutines (gprof.go) and memory (mprof_heap.go) is empty.

// A StackRecord describes a call stack.
type StackRecord struct {
	Stack0 [32]uintptr // program counters; ends at the first 0
}

// Stack returns the stack trace of the record, a prefix of Stack0.
func (r *StackRecord) Stack() []uintptr { return untilZero(r.Stack0[:]) }

// A MemProfileRecord describes the live objects that one call stack allocated.
type MemProfileRecord struct {
	AllocBytes, FreeBytes     int64
	AllocObjects, FreeObjects int64
	Stack0                    [32]uintptr // program counters; ends at the first 0
}

// InUseBytes returns the number of bytes in use.
func (r *MemProfileRecord) InUseBytes() int64 { return r.AllocBytes - r.FreeBytes }

// InUseObjects returns the number of objects in use.
func (r *MemProfileRecord) InUseObjects() int64 { return r.AllocObjects - r.FreeObjects }

// Stack returns the stack trace of the record, a prefix of Stack0.
func (r *MemProfileRecord) Stack() []uintptr { return untilZero(r.Stack0[:]) }

// A BlockProfileRecord describes blocking at one call stack.
type BlockProfileRecord struct {
	Count  int64
	Cycles int64
	StackRecord
}

func untilZero(stack []uintptr) []uintptr {
	for i, pc := range stack {
		if pc == 0 {
			return stack[:i]
		}
	}
	return stack
}

// BlockProfile returns the number of records in the blocking profile: none.
func BlockProfile(p []BlockProfileRecord) (n int, ok bool) { return 0, true }

// MutexProfile returns the number of records in the mutex profile: none.
func MutexProfile(p []BlockProfileRecord) (n int, ok bool) { return 0, true }

// ThreadCreateProfile returns the number of records in the thread creation profile: none.
func ThreadCreateProfile(p []StackRecord) (n int, ok bool) { return 0, true }

// SetBlockProfileRate does nothing: blocking is not sampled.
func SetBlockProfileRate(rate int) {}

// SetMutexProfileFraction returns the former rate: 0, for mutexes are not sampled.
func SetMutexProfileFraction(rate int) int { return 0 }

// cpuProfile is the profile of the processor, which has no samples: there is no clock that could interrupt the program.
var cpuProfile struct {
	rate   int
	header []uint64 // what is to be read of it
	reader *g       // who waits for more
}

// SetCPUProfileRate begins a profile of the processor with so many samples a second, or ends it where there are none.
func SetCPUProfileRate(hz int) {
	hz = max(hz, 0)
	if hz != 0 && cpuProfile.rate != 0 {
		printstring("runtime: cannot set CPU profile rate until previous profile has finished.\n")
		return
	}
	cpuProfile.rate = hz
	if hz != 0 {
		// The length of the record, its time and the rate.
		cpuProfile.header = []uint64{3, uint64(nanotime()), uint64(hz)}
	} else if gp := cpuProfile.reader; gp != nil {
		cpuProfile.reader = nil
		goready(gp)
	}
}

// CPUProfile panics, as in the official runtime.
//
// Deprecated: it has never worked since package runtime/pprof took over.
func CPUProfile() []byte { panic("CPUProfile no longer available") }

// A traceError says that execution traces are not recorded.
type traceError struct{}

func (traceError) Error() string { return "tracing is not supported" }

// StartTrace returns an error: execution traces are not recorded.
func StartTrace() error { return traceError{} }

// StopTrace has nothing to stop.
func StopTrace() {}

// ReadTrace returns nil: there is no trace.
func ReadTrace() []byte { return nil }

// What runtime/pprof asks of the runtime.

type (
	profStack struct{ stack []uintptr }
	profMem   struct {
		allocBytes, freeBytes, allocObjects, freeObjects int64
		stack                                            []uintptr
	}
	profBlock struct {
		count, cycles int64
		stack         []uintptr
	}
)

func pprof_goroutineLeakProfileWithLabels(p []profStack, labels []unsafe.Pointer) (n int, ok bool) {
	return 0, true
}

func pprof_blockProfileInternal(p []profBlock) (n int, ok bool) { return 0, true }

func pprof_mutexProfileInternal(p []profBlock) (n int, ok bool) { return 0, true }

func pprof_threadCreateInternal(p []profStack) (n int, ok bool) { return 0, true }

func pprof_fpunwindExpand(dst, src []uintptr) int { return copy(dst, src) }

func pprof_makeProfStack() []uintptr { return make([]uintptr, 128) }

//go:linkname pprof_cyclesPerSecond runtime/pprof.runtime_cyclesPerSecond
func pprof_cyclesPerSecond() int64 { return 1e9 }

//go:linkname pprof_FrameStartLine runtime/pprof.runtime_FrameStartLine
func pprof_FrameStartLine(f *Frame) int { return f.Line }

//go:linkname pprof_FrameSymbolName runtime/pprof.runtime_FrameSymbolName
func pprof_FrameSymbolName(f *Frame) string { return f.Function }

//go:linkname pprof_expandFinalInlineFrame runtime/pprof.runtime_expandFinalInlineFrame
func pprof_expandFinalInlineFrame(stk []uintptr) []uintptr { return stk }

//go:linkname pprof_goroutineleakcount runtime/pprof.runtime_goroutineleakcount
func pprof_goroutineleakcount() int { return 0 }

//go:linkname pprof_goroutineLeakGC runtime/pprof.runtime_goroutineLeakGC
func pprof_goroutineLeakGC() { GC() }

// pprof_readProfile returns what has been added to the profile of the processor since the last call, with a tag for each
// record, and whether it has ended. It waits until there is either.
//
//go:linkname pprof_readProfile runtime/pprof.readProfile
func pprof_readProfile() (data []uint64, tags []unsafe.Pointer, eof bool) {
	if cpuProfile.header == nil && cpuProfile.rate != 0 {
		cpuProfile.reader = getg()
		gopark(waitReasonSyscall)
	}
	data = cpuProfile.header
	cpuProfile.header = nil
	if data != nil {
		tags = make([]unsafe.Pointer, 1)
	}
	return data, tags, cpuProfile.rate == 0
}
