package runtime

import "unsafe"

// Bubbles, for testing/synctest: goroutines with a clock of their own, which stands still as long as one of them can
// run, and then goes to the time of the next timer.
//
// A goroutine is durably blocked if only another one of its bubble can let it go on. The bubble counts those that are
// not; as the last one blocks, it wakes who waits for that: the caller of Wait, or that of Run, which lets time pass.
//
// A program that never calls Run has none of the functions marked go:ifreached, and every goroutine is in no bubble.

type bubble struct {
	id      uint64
	now     int64 // in nanoseconds since 1970
	timers  timerHeap
	root    *g   // the caller of Run
	waiter  *g   // the caller of Wait
	main    *g   // the goroutine that Run started
	waiting bool // somebody calls Wait
	done    bool // the main goroutine has ended
	total   int  // goroutines, with the root
	running int  // those that are not durably blocked
	active  int  // what else keeps the bubble from being blocked
}

// bubbleStart is the time at which the clock of a bubble begins: midnight UTC 2000-01-01.
const bubbleStart = 946684800000000000

var lastBubble uint64

// currentBubble returns the bubble of the running goroutine. The scheduler is in none.
//
//go:ifreached synctest_Run
func currentBubble() *bubble {
	if gp := sched.curg; gp != nil {
		return gp.bubble
	}
	return nil
}

// bubbleTimers returns the timers of a bubble.
//
//go:ifreached synctest_Run
func bubbleTimers(b *bubble) *timerHeap { return &b.timers }

// bubbleNow returns the time of the running goroutine's bubble, which must be in one.
//
//go:ifreached synctest_Run
func bubbleNow() int64 { return sched.curg.bubble.now }

// durable reports whether a goroutine that does not run waits for its bubble alone.
func (gp *g) durable() bool {
	switch gp.waitreason {
	case waitReasonChanReceiveNilChan, waitReasonChanSendNilChan, waitReasonSelectNoCases, waitReasonSleep,
		waitReasonSyncCondWait, waitReasonCoroutine, waitReasonSynctestRun, waitReasonSynctestWait,
		waitReasonSynctestChanReceive, waitReasonSynctestChanSend, waitReasonSynctestSelect,
		waitReasonSynctestWaitGroupWait, waitReasonNone:
		return true
	}
	return false
}

// bubbleMade notes that a goroutine has been made, which does not run yet.
//
//go:ifreached synctest_Run
func bubbleMade(gp *g) {
	if b := currentBubble(); b != nil {
		gp.bubble = b
		b.total++
	}
}

// bubbleLeft takes a goroutine that has just been made out of its bubble.
//
//go:ifreached synctest_Run
func bubbleLeft(gp *g) {
	if gp.bubble != nil {
		gp.bubble.total--
		gp.bubble = nil
	}
}

// bubbleParked notes that a goroutine begins to wait.
//
//go:ifreached synctest_Run
func bubbleParked(gp *g) {
	if gp.bubble != nil && gp.durable() {
		gp.bubble.running--
		gp.bubble.wakeIfBlocked()
	}
}

// bubbleReady notes that a goroutine is about to be runnable.
//
//go:ifreached synctest_Run
func bubbleReady(gp *g) {
	if gp.bubble != nil && gp.status == gWaiting && gp.durable() {
		gp.bubble.running++
	}
}

// bubbleEnded notes that a goroutine has ended.
//
//go:ifreached synctest_Run
func bubbleEnded(gp *g) {
	b := gp.bubble
	if b == nil {
		return
	}
	gp.bubble = nil
	if gp == b.main {
		b.done = true
	}
	b.total--
	b.running--
	b.wakeIfBlocked()
}

// wakeIfBlocked wakes a goroutine if all of the bubble are durably blocked. That one takes back what it adds to active.
func (b *bubble) wakeIfBlocked() {
	if b.running > 0 || b.active > 0 {
		return
	}
	b.active++
	next := b.timers.next()
	if b.waiter == nil || next > 0 && next <= b.now {
		goready(b.root)
	} else {
		goready(b.waiter)
	}
}

// A bubbleDeadlock is what Run panics with.
type bubbleDeadlock struct {
	reason string
}

func (e bubbleDeadlock) Error() string { return e.reason }

//go:linkname synctest_Run internal/synctest.Run
func synctest_Run(f func()) {
	if asyncTimers() {
		panic("synctest.Run not supported with asynctimerchan!=0")
	}
	gp := getg()
	if gp.bubble != nil {
		panic("synctest.Run called from within a synctest bubble")
	}
	lastBubble++
	b := &bubble{id: lastBubble, now: bubbleStart, root: gp, total: 1, running: 1}
	gp.bubble = b
	defer leaveBubble(gp)
	b.main = newg(f, callerPC(shadowSP()))
	goready(b.main)
	for {
		b.timers.run(b.now)
		gopark(waitReasonSynctestRun)
		b.active--
		next := b.timers.next()
		// Time stops when the main goroutine has ended.
		if next == 0 || b.done {
			break
		}
		b.now = max(b.now, next)
	}
	if b.total != 1 {
		if b.done {
			panic(bubbleDeadlock{"deadlock: main bubble goroutine has exited but blocked goroutines remain"})
		}
		panic(bubbleDeadlock{"deadlock: all goroutines in bubble are blocked"})
	}
}

func leaveBubble(gp *g) { gp.bubble = nil }

//go:linkname synctest_Wait internal/synctest.Wait
func synctest_Wait() {
	gp := getg()
	b := gp.bubble
	if b == nil {
		panic("goroutine is not in a bubble")
	}
	if b.waiting {
		panic("wait already in progress")
	}
	b.waiting = true
	b.waiter = gp
	gopark(waitReasonSynctestWait)
	b.active--
	b.waiter = nil
	b.waiting = false
}

//go:linkname synctest_IsInBubble internal/synctest.IsInBubble
func synctest_IsInBubble() bool { return currentBubble() != nil }

// synctest_acquire keeps the bubble of the running goroutine from being blocked until synctest_release.
//
//go:linkname synctest_acquire internal/synctest.acquire
//go:ifreached synctest_Run
func synctest_acquire() any {
	if b := currentBubble(); b != nil {
		b.active++
		return b
	}
	return nil
}

//go:linkname synctest_release internal/synctest.release
//go:ifreached synctest_Run
func synctest_release(held any) {
	b := held.(*bubble)
	b.active--
	b.wakeIfBlocked()
}

// synctest_inBubble calls f in a bubble that has been acquired.
//
//go:linkname synctest_inBubble internal/synctest.inBubble
func synctest_inBubble(held any, f func()) {
	gp := getg()
	if gp.bubble != nil {
		panic("goroutine is already bubbled")
	}
	gp.bubble = held.(*bubble)
	defer leaveBubble(gp)
	f()
}

// The values of internal/synctest.Association.
const (
	unbubbled = iota
	ofCurrentBubble
	ofOtherBubble
)

// bubbleMark finds the mark that says which bubble the variable at p belongs to: a special like that of a weak pointer.
func bubbleMark(p unsafe.Pointer) *special {
	of := func(s *special) bool { return s.id != 0 && s.handle.target == uintptr(p) }
	return findSpecial(objectOf(p), specialWeak, of)
}

//go:linkname synctest_associate internal/synctest.associate
//go:ifreached synctest_Run
func synctest_associate(p unsafe.Pointer) int {
	id := currentBubble().id
	if objectOf(p) == 0 {
		// A package variable belongs to no bubble.
		return unbubbled
	}
	s := bubbleMark(p)
	if s == nil {
		addSpecial(&special{object: objectOf(p), kind: specialWeak, id: id, handle: &weakHandle{uintptr(p)}})
		return ofCurrentBubble
	}
	if s.id != id {
		return ofOtherBubble
	}
	return ofCurrentBubble
}

//go:linkname synctest_disassociate internal/synctest.disassociate
//go:ifreached synctest_Run
func synctest_disassociate(p unsafe.Pointer) {
	if s := bubbleMark(p); s != nil {
		removeSpecial(s)
	}
}

//go:linkname synctest_isAssociated internal/synctest.isAssociated
//go:ifreached synctest_Run
func synctest_isAssociated(p unsafe.Pointer) bool {
	s := bubbleMark(p)
	return s != nil && s.id == currentBubble().id
}

// checkChan ends the program if a channel belongs to a bubble that the running goroutine is not in.
//
//go:ifreached synctest_Run
func checkChan(c *hchan, what string) {
	if c.bubble != nil && c.bubble != currentBubble() {
		throw(what + " synctest channel from outside bubble")
	}
}

// bubbled reports whether the timer fires by the clock of a bubble.
//
//go:ifreached synctest_Run
func (t *timer) bubbled() bool { return t.bubble != nil }

// checkTimer ends the program if a timer belongs to a bubble and the running goroutine is in none.
//
//go:ifreached synctest_Run
func checkTimer(t *timer, what string) {
	if t.bubble != nil && currentBubble() == nil {
		throw(what + " of synctest timer from outside bubble")
	}
}

// checkWake ends the program if a goroutine of a bubble waits in package sync and who wakes it is not in the bubble.
//
//go:ifreached synctest_Run
func checkWake(gp *g) {
	if gp.bubble != nil && gp.bubble != currentBubble() {
		printstring("semaphore wake of synctest goroutine ")
		printuint(gp.id)
		printstring(" from outside bubble\n")
		throw("semaphore wake of synctest goroutine from outside bubble")
	}
}

// ofBubble reports whether the channel belongs to a bubble. Who waits for it is durably blocked.
//
//go:ifreached synctest_Run
func (c *hchan) ofBubble() bool { return c.bubble != nil }

// printbubble prints what a trace says of the bubble of a goroutine.
//
//go:ifreached synctest_Run
func printbubble(gp *g) {
	if gp.bubble == nil {
		return
	}
	const suffix = "(durable)"
	r := string(gp.waitreason)
	named := len(r) > len(suffix) && r[len(r)-len(suffix):] == suffix
	if gp.status == gWaiting && gp.durable() && !named {
		printstring(" " + suffix)
	}
	printstring(", synctest bubble ")
	printuint(gp.bubble.id)
}
