package runtime

import "unsafe"

// Goroutines. There is one thread and no preemption: a goroutine runs until it waits, ends or calls Gosched, and
// the run queue is first in, first out, so that a program's order of events is always the same.
//
// How a goroutine is suspended and resumed is decision record 0011: park sets exit to exitSuspend, on which each
// function that is running stores what it needs in its shadow frame and leaves; later the table entry that each
// frame names goes on where the function stopped, from the innermost outwards.
//
// A program in which no goroutine is ever started has none of this. Waiting there is done in gopark, and ends with
// a timer or with the report of a deadlock.

// A g is a goroutine.
type g struct {
	id         uint64
	next       *g // in the run queue
	allnext    *g // in the list of all goroutines
	allprev    *g
	fn         func()         // what it runs; nil for the main goroutine
	param      unsafe.Pointer // what woke it: *sudog
	timer      *timer         // of Sleep
	status     uint8
	waitreason waitReason
	selectDone bool // some case of its select statement has been chosen
	started    bool
	gopc       uintptr        // where it was made; 0 without places
	parent     uint64         // the goroutine that made it
	label      unsafe.Pointer // for profiles
	bubble     *bubble        // of testing/synctest
	nested     int            // how many of its calls wait below the scheduler on Wasm's stack: see finishDeferred

	// Its deferred calls and panics (defer.go).
	_defer   *_defer // the newest deferred call that has not run yet
	_panic   *_panic // the newest panic or call of Goexit that has not ended
	unwindTo uintptr // the frame that a recovered panic returns to, while the calls above it are being left
	printing bool    // the message of a panic is being made
	sigpanic bool    // a nil pointer was dereferenced

	// A suspended call that a panic has made, whose caller lies on Wasm's stack (finishDeferred).
	resumeTo   uintptr // where the frames of that call end
	resumeExit int32   // the value of exit with which it ended
	resumed    bool    // it has ended: only its caller can go on

	// Its shadow stack, while it does not run.
	sp    uintptr // the newest frame
	base  uintptr // where the outermost frame ends
	limit uintptr // how far the newest segment reaches
	stack uintptr // the first segment
	size  uintptr // bytes of its segments
}

const (
	gRunnable = iota
	gRunning
	gWaiting
	gDead
	gGone // the main goroutine after Goexit
)

// A waitReason says in the report of a deadlock what a goroutine waits for.
type waitReason string

const (
	waitReasonChanReceive        waitReason = "chan receive"
	waitReasonChanReceiveNilChan waitReason = "chan receive (nil chan)"
	waitReasonChanSend           waitReason = "chan send"
	waitReasonChanSendNilChan    waitReason = "chan send (nil chan)"
	waitReasonSelect             waitReason = "select"
	waitReasonSelectNoCases      waitReason = "select (no cases)"
	waitReasonSemacquire         waitReason = "semacquire"
	waitReasonSleep              waitReason = "sleep"
	waitReasonSyncCondWait       waitReason = "sync.Cond.Wait"
	waitReasonSyncMutexLock      waitReason = "sync.Mutex.Lock"
	waitReasonSyncRWMutexLock    waitReason = "sync.RWMutex.Lock"
	waitReasonSyncRWMutexRLock   waitReason = "sync.RWMutex.RLock"
	waitReasonSyncWaitGroupWait  waitReason = "sync.WaitGroup.Wait"
	waitReasonCoroutine          waitReason = "coroutine"
	waitReasonPreempted          waitReason = "preempted"
	waitReasonSyscall            waitReason = "syscall"
	waitReasonNone               waitReason = "" // it has not begun to run

	// In a bubble of testing/synctest.
	waitReasonSynctestRun           waitReason = "synctest.Run"
	waitReasonSynctestWait          waitReason = "synctest.Wait"
	waitReasonSynctestChanReceive   waitReason = "chan receive (durable)"
	waitReasonSynctestChanSend      waitReason = "chan send (durable)"
	waitReasonSynctestSelect        waitReason = "select (durable)"
	waitReasonSynctestWaitGroupWait waitReason = "sync.WaitGroup.Wait (durable)"
)

// Values of exit (decision record 0003).
const (
	exitNone    = 0
	exitUnwind  = 1
	exitSuspend = 2
)

// g0 is the main goroutine: the one that the host's call runs on.
var g0 = g{id: 1, status: gRunning}

var sched struct {
	curg     *g // the goroutine that runs; nil while the scheduler does, or if there is only the main one
	first    *g // the run queue
	last     *g
	allfirst *g // goroutines but the main one, in the order in which they were made
	alllast  *g
	count    int
	lastid   uint64
	sp       uintptr // the scheduler's newest frame, while a goroutine runs
	multi    bool    // goroutines other than the main one have been made
}

// getg returns the running goroutine.
func getg() *g {
	if sched.curg == nil {
		return &g0
	}
	return sched.curg
}

// gopark lets the goroutine wait until somebody calls goready for it.
//
//go:noinline
func gopark(reason waitReason) {
	gp := getg()
	gp.status = gWaiting
	gp.waitreason = reason
	for !sched.multi {
		// Nobody else is there: only a timer can end this.
		if !waitForTimer() {
			deadlock()
		}
		if gp.status == gRunnable && !sched.multi {
			sched.first, sched.last = nil, nil
			gp.status = gRunning
			return
		}
	}
	bubbleParked(gp)
	park()
}

// goparkforever is gopark for what nobody will end.
func goparkforever(reason waitReason) {
	gopark(reason)
	throw("unreachable")
}

// park suspends the running goroutine.
//
//go:noinline
//go:nocollect
//go:ifreached newproc newcoro
func park() {
	// It has no frame of its own, so this is its caller's.
	getg().sp = shadowSP()
	setExit(exitSuspend)
}

// goready puts a goroutine that waits at the end of the run queue.
func goready(gp *g) {
	bubbleReady(gp)
	gp.status = gRunnable
	gp.next = nil
	if sched.last == nil {
		sched.first = gp
	} else {
		sched.last.next = gp
	}
	sched.last = gp
}

// goreadyFirst puts a goroutine that waits at the head of the run queue.
func goreadyFirst(gp *g) {
	bubbleReady(gp)
	gp.status = gRunnable
	gp.next = sched.first
	if sched.last == nil {
		sched.last = gp
	}
	sched.first = gp
}

// newproc is the go statement: the call is the body of fn.
//
//go:noinline
func newproc(fn func()) {
	if fn == nil {
		throw("go of nil func value")
	}
	goready(newg(fn, callerPC(shadowSP())))
}

// callerPC returns the program counter of the call of the function whose frame is given; 0 without places.
func callerPC(frame uintptr) uintptr {
	var pcs [1]uintptr
	if callSites() != 0 {
		tracePCs(frame, stackTop(), 1, unsafe.Pointer(&pcs), 1)
	}
	return pcs[0]
}

// hasGoroutines reports whether the program may start goroutines. If so, whatever may wait for others has one of its
// own: so the functions that allocate are none that may be suspended.
//
//go:ifreached newproc newcoro
func hasGoroutines() bool { return true }

// newg makes a goroutine that does not run yet. pc is where the program asks for it.
func newg(fn func(), pc uintptr) *g {
	sched.multi = true
	sched.lastid++
	gp := new(g)
	gp.id = g0.id + sched.lastid
	gp.fn = fn
	gp.gopc = pc
	gp.parent = getg().id
	gp.label = getg().label
	gp.status = gWaiting
	bubbleMade(gp)
	gp.allprev = sched.alllast
	if sched.alllast == nil {
		sched.allfirst = gp
	} else {
		sched.alllast.allnext = gp
	}
	sched.alllast = gp
	sched.count++
	return gp
}

// gdestroy takes a goroutine that has ended off the list, and its stack from it.
func gdestroy(gp *g) {
	if gp.allprev == nil {
		sched.allfirst = gp.allnext
	} else {
		gp.allprev.allnext = gp.allnext
	}
	if gp.allnext == nil {
		sched.alllast = gp.allprev
	} else {
		gp.allnext.allprev = gp.allprev
	}
	gp.allnext, gp.allprev = nil, nil
	gp.fn = nil
	sched.count--
	bubbleEnded(gp)
	stackfree(gp)
}

// schedule runs goroutines until the main one has ended.
//
//go:noinline
func schedule() {
	for g0.status != gDead {
		execute(nextReady(nil))
	}
}

// nextReady waits for a goroutine that can run, and takes it off the run queue. What lies below on Wasm's stack cannot,
// but for the calls of the goroutine that is given.
func nextReady(own *g) *g {
	for {
		checkTimers()
		startSpecials()
		var prev *g
		for gp := sched.first; gp != nil; prev, gp = gp, gp.next {
			if gp.resumed && gp != own {
				continue
			}
			if prev == nil {
				sched.first = gp.next
			} else {
				prev.next = gp.next
			}
			if sched.last == gp {
				sched.last = prev
			}
			gp.next = nil
			return gp
		}
		if !waitForTimer() {
			if sched.first != nil {
				throw("deferred calls of goroutines that panic wait for each other")
			}
			deadlock()
		}
	}
}

// finishDeferred waits for a deferred call that has just been made by a panic or by Goexit, if it was suspended. The
// functions that may panic are no coroutines, or all would be. So the calls of the goroutine stay on Wasm's stack, and
// others run on top of them until it is ready. What has been suspended needs no more of that stack, so a scheduler
// further up, in the panic of another goroutine, may be the one that goes on with it (run). Then only the panic itself
// waits here for its turn.
//
// It has no frame: where one would be, those of the suspended call lie.
//
//go:noinline
//go:nocollect
//go:ifreached newproc newcoro
func finishDeferred() {
	for exitReason() == exitSuspend {
		setExit(exitNone)
		gp := getg()
		gp.limit = stackLimit()
		base := shadowSP()
		sp := sched.sp
		outer := gp.resumeTo
		gp.resumeTo = base
		gp.nested++
		sched.curg = nil
		setShadowSP(sp)
		setStackLimit(0)
		scheduleUntil(gp)
		sched.sp = sp
		sched.curg = gp
		gp.status = gRunning
		gp.nested--
		gp.resumeTo = outer
		setShadowSP(gp.sp)
		setStackLimit(gp.limit)
		if gp.resumed {
			gp.resumed = false
			setExit(gp.resumeExit)
			return
		}
		for shadowSP() != base {
			callIndex(load32(shadowSP() + frameResume))
			if exitReason() == exitSuspend {
				break
			}
		}
	}
}

// scheduleUntil runs goroutines until one is ready, which is taken off the run queue.
//
//go:noinline
func scheduleUntil(own *g) {
	for {
		gp := nextReady(own)
		if gp == own {
			return
		}
		execute(gp)
		if g0.status == gDead {
			printflush()
			exitProcess(0)
		}
	}
}

// execute runs a goroutine until it waits or ends.
//
//go:noinline
func execute(gp *g) {
	gp.status = gRunning
	sched.sp = shadowSP()
	if gp.started {
		sched.curg = gp
		setShadowSP(gp.sp)
		setStackLimit(gp.limit)
	} else {
		gp.started = true
		stackalloc(gp)
		sched.curg = gp
		setShadowSP(gp.base)
		setStackLimit(gp.limit)
		callg(gp.fn)
	}
	run(gp)
	sched.curg = nil
	setShadowSP(sched.sp)
	setStackLimit(0)
	if gp.status == gDead && gp != &g0 {
		gdestroy(gp)
	}
}

// run goes on in each frame, from the innermost outwards, until the goroutine waits or ends, or the call of its newest
// panic does. It has no frame itself: the shadow stack is the goroutine's.
//
//go:noinline
//go:nocollect
func run(gp *g) {
	base := gp.base
	if gp.nested != 0 {
		base = gp.resumeTo
	}
	for {
		if exitReason() == exitSuspend {
			setExit(exitNone)
			gp.limit = stackLimit()
			return
		}
		sp := shadowSP()
		if sp == base {
			break
		}
		callIndex(load32(sp + frameResume))
	}
	if base != gp.base {
		gp.sp = base
		gp.limit = stackLimit()
		gp.resumeExit = exitReason()
		gp.resumed = true
		setExit(exitNone)
		goready(gp)
		return
	}
	gp.status = gDead
	if exitReason() != exitNone {
		// Goexit ends here. The program goes on without its main goroutine until there is no other.
		setExit(exitNone)
		if gp == &g0 {
			gp.status = gGone
		}
	}
}

// frameResume is the offset in a frame of the table index of what goes on after a suspension.
const frameResume = 8

// callg begins a goroutine. What leaves its calls early ends here.
//
//go:noinline
//go:nocollect
//go:exitbarrier
func callg(fn func()) {
	if hasGoexit() {
		fn()
		// The check tells the compiler that calls may be left up to here.
		exiting()
	} else {
		fn()
	}
}

// callIndex calls a function of the table that takes and returns nothing.
//
//go:noinline
//go:nocollect
//go:exitbarrier
func callIndex(index uintptr) {
	if hasGoexit() {
		tableCall(index)
		exiting()
	} else {
		tableCall(index)
	}
}

// hasGoexit reports whether a goroutine may end by Goexit.
//
//go:ifreached Goexit
func hasGoexit() bool { return true }

// mainStackGap is the number of bytes of the main stack that the scheduler runs on, above the main goroutine's.
const mainStackGap = 16 << 10

// enterSched makes the call of the host the main goroutine. The compiler calls it before an exported function that
// may wait.
//
//go:noinline
//go:nocollect
//go:ifreached newproc newcoro
func enterSched() {
	sched.sp = shadowSP()
	g0.base = sched.sp - mainStackGap
	g0.limit = stackLo()
	g0.status = gRunning
	g0.started = true
	sched.curg = &g0
	setShadowSP(g0.base)
	setStackLimit(g0.limit)
}

// leaveMain switches from the stack of the main goroutine, which has been suspended or has ended, to the
// scheduler's. The compiler calls it.
//
//go:noinline
//go:nocollect
//go:ifreached newproc newcoro
func leaveMain() {
	run(&g0)
	sched.curg = nil
	setShadowSP(sched.sp)
	setStackLimit(0)
}

// leaveSched ends the call of the host, when the main goroutine has ended. The compiler calls it.
//
//go:noinline
//go:ifreached newproc newcoro
func leaveSched() {
	if g0.status != gDead {
		schedule()
	}
	g0.base = 0
	g0.status = gRunning
}

// deadlock reports that nothing can go on.
func deadlock() {
	printflush()
	if g0.status == gGone {
		throw("no goroutines (main called runtime.Goexit) - deadlock!")
	}
	printstring("fatal error: all goroutines are asleep - deadlock!\n")
	printwaiting(&g0)
	for gp := sched.allfirst; gp != nil; gp = gp.allnext {
		printwaiting(gp)
	}
	printflush()
	exitProcess(2)
	trap()
}

// Gosched lets the goroutines that are ready run before the calling one goes on.
func Gosched() {
	startSpecials()
	if !sched.multi {
		checkTimers()
		if !sched.multi {
			return
		}
	}
	gp := getg()
	gp.waitreason = waitReasonPreempted
	goready(gp)
	park()
}

// NumGoroutine returns the number of goroutines that exist.
func NumGoroutine() int { return 1 + sched.count }
