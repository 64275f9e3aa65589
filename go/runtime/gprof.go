package runtime

import "unsafe"

// The profile of goroutines: the stack and label of each.

// GoroutineProfile returns the number of goroutines, and fills in a record for each if there is room.
func GoroutineProfile(p []StackRecord) (n int, ok bool) {
	n = NumGoroutine()
	if n > len(p) {
		return n, false
	}
	i := 0
	for gp := &g0; gp != nil; gp = nextGoroutine(gp) {
		stack := p[i].Stack0[:]
		clear(stack[stackPCs(gp, stack):])
		i++
	}
	return n, true
}

func pprof_goroutineProfileWithLabels(p []profStack, labels []unsafe.Pointer) (n int, ok bool) {
	n = NumGoroutine()
	if n > len(p) {
		return n, false
	}
	i := 0
	for gp := &g0; gp != nil; gp = nextGoroutine(gp) {
		stack := make([]uintptr, maxTrace)
		p[i].stack = stack[:stackPCs(gp, stack)]
		if labels != nil {
			labels[i] = gp.label
		}
		i++
	}
	return n, true
}

// nextGoroutine returns the goroutine behind another one in the order in which they were made.
func nextGoroutine(gp *g) *g {
	if gp == &g0 {
		return sched.allfirst
	}
	return gp.allnext
}

// stackPCs writes the program counters of a goroutine's calls to a slice, those of the running one without the caller's,
// and returns how many there are.
//
//go:noinline
func stackPCs(gp *g, stack []uintptr) int {
	pcs := unsafe.Pointer(unsafe.SliceData(stack))
	if gp == getg() {
		return tracePCs(shadowSP(), stackTop(), 2, pcs, len(stack))
	}
	return tracePCs(gp.sp, gp.base, 0, pcs, len(stack))
}

//go:linkname pprof_setProfLabel runtime/pprof.runtime_setProfLabel
func pprof_setProfLabel(label unsafe.Pointer) { getg().label = label }

//go:linkname pprof_getProfLabel runtime/pprof.runtime_getProfLabel
func pprof_getProfLabel() unsafe.Pointer { return getg().label }
