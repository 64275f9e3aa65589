package runtime

import "unsafe"

// Timers, for package time. Those that are set stand in a binary heap, earliest first; among equal times the one set
// first comes first.
//
// The timer of a channel stands in the heap only while a goroutine waits for the channel: otherwise it is looked at
// when somebody asks the channel. So a channel without reader keeps no program alive, and as of Go 1.23 no receive
// after Stop or Reset sees a value from before.

// A timer is a time.Timer's other half.
type timer struct {
	when    int64 // when it fires; 0 if it is not set
	period  int64 // how long after that again; 0 if never
	f       func(arg any, seq uintptr, delta int64)
	arg     any
	seq     uint64 // the number of its setting
	c       *hchan // the channel that f sends to, if that behaves as one without buffer
	blocked int    // goroutines that wait for the channel
	index   int    // place in the heap plus one
}

// A timeTimer is a time.Timer or time.Ticker.
type timeTimer struct {
	c    unsafe.Pointer
	init bool
	timer
}

// A timerHeap holds the timers that are set.
type timerHeap struct {
	heap []*timer
	seq  uint64 // settings so far
}

var timers timerHeap

//go:linkname newTimer time.newTimer
func newTimer(when, period int64, f func(arg any, seq uintptr, delta int64), arg any, c *hchan) *timeTimer {
	t := new(timeTimer)
	t.f = f
	t.arg = arg
	if c != nil {
		t.timer.c = c
		c.timer = &t.timer
	}
	t.set(when, period)
	t.init = true
	return t
}

//go:linkname stopTimer time.stopTimer
func stopTimer(t *timeTimer) bool { return t.stop() }

//go:linkname resetTimer time.resetTimer
func resetTimer(t *timeTimer, when, period int64) bool {
	pending := t.stop()
	t.set(when, period)
	return pending
}

// set sets the timer, which must be stopped.
func (t *timer) set(when, period int64) {
	if when <= 0 {
		when = 1
	}
	t.when = when
	t.period = max(period, 0)
	timers.seq++
	t.seq = timers.seq
	if t.c == nil || t.blocked > 0 {
		timers.insert(t)
	}
}

// stop reports whether the timer had still to fire, or its value to be received.
func (t *timer) stop() bool {
	if t.c != nil {
		t.maybeRunChan()
	}
	pending := t.when > 0
	t.when = 0
	timers.remove(t)
	if t.c != nil && t.c.qcount > 0 {
		// What has been sent and not received shall not be seen.
		pending = true
		for t.c.qcount > 0 {
			t.c.take(nil)
		}
	}
	return pending
}

// fire runs the timer at time now, and sets it anew if it is periodic.
func (t *timer) fire(now int64) {
	delta := now - t.when
	timers.remove(t)
	if t.period > 0 {
		next := t.when + t.period*(1+delta/t.period)
		if next < 0 {
			next = 1<<63 - 1
		}
		t.set(next, t.period)
	} else {
		t.when = 0
	}
	callTimer(t, delta)
}

// callTimer calls the function of a timer, which never waits.
//
//go:noinline
//go:exitbarrier
func callTimer(t *timer, delta int64) { t.f(t.arg, 0, delta) }

// maybeRunChan fires the timer of a channel if it is due and nobody has waited for that.
//
//go:ifreached newTimer
func (t *timer) maybeRunChan() {
	if t.index != 0 || t.when == 0 {
		return
	}
	if now := nanotime(); t.when <= now {
		t.fire(now)
	}
}

// blockTimerChan notes that a goroutine waits for the channel of a timer.
//
//go:ifreached newTimer
func blockTimerChan(t *timer) {
	t.blocked++
	if t.when > 0 && t.index == 0 {
		timers.insert(t)
	}
}

// unblockTimerChan notes that a goroutine waits no longer.
//
//go:ifreached newTimer
func unblockTimerChan(t *timer) {
	t.blocked--
	if t.blocked == 0 {
		timers.remove(t)
	}
}

// checkTimers fires the timers that are due.
func checkTimers() {
	if len(timers.heap) != 0 {
		runTimers()
	}
}

// runTimers fires the timers that are due and returns the time of the next one, or 0.
//
//go:ifreached newTimer timeSleep
func runTimers() (next int64) {
	// The clock is read once: a ticker that is faster than this loop would keep it busy for ever.
	now := nanotime()
	for len(timers.heap) != 0 {
		t := timers.heap[0]
		if t.when > now {
			return t.when
		}
		t.fire(now)
	}
	return 0
}

// waitForTimer waits until a timer fires. It reports whether there is one.
func waitForTimer() bool {
	if len(timers.heap) == 0 {
		return false
	}
	sleepForTimer()
	return true
}

//go:ifreached newTimer timeSleep
func sleepForTimer() {
	if next := runTimers(); next != 0 && sched.first == nil {
		sleepUntil(next)
		runTimers()
	}
}

// timeSleep is time.Sleep.
//
//go:linkname timeSleep time.Sleep
func timeSleep(ns int64) {
	if ns <= 0 {
		return
	}
	gp := getg()
	t := gp.timer
	if t == nil {
		t = &timer{f: goroutineReady, arg: gp}
		gp.timer = t
	}
	when := nanotime() + ns
	if when < 0 {
		when = 1<<63 - 1
	}
	t.set(when, 0)
	gopark(waitReasonSleep)
}

func goroutineReady(arg any, seq uintptr, delta int64) { goready(arg.(*g)) }

func (t *timer) before(u *timer) bool {
	return t.when < u.when || t.when == u.when && t.seq < u.seq
}

// insert puts a timer into the heap.
func (h *timerHeap) insert(t *timer) {
	h.heap = append(h.heap, t)
	h.up(len(h.heap) - 1)
}

// remove takes a timer out of the heap, if it is there.
func (h *timerHeap) remove(t *timer) {
	if t.index == 0 {
		return
	}
	i := t.index - 1
	t.index = 0
	last := len(h.heap) - 1
	moved := h.heap[last]
	h.heap[last] = nil
	h.heap = h.heap[:last]
	if i == last {
		return
	}
	h.heap[i] = moved
	h.up(i)
	h.down(moved.index - 1)
}

func (h *timerHeap) up(i int) {
	t := h.heap[i]
	for i > 0 {
		parent := (i - 1) / 2
		u := h.heap[parent]
		if !t.before(u) {
			break
		}
		h.heap[i] = u
		u.index = i + 1
		i = parent
	}
	h.heap[i] = t
	t.index = i + 1
}

func (h *timerHeap) down(i int) {
	t := h.heap[i]
	for {
		child := 2*i + 1
		if child >= len(h.heap) {
			break
		}
		if child+1 < len(h.heap) && h.heap[child+1].before(h.heap[child]) {
			child++
		}
		u := h.heap[child]
		if !u.before(t) {
			break
		}
		h.heap[i] = u
		u.index = i + 1
		i = child
	}
	h.heap[i] = t
	t.index = i + 1
}

// haveHighResSleep tells the tests of package time that a sleep ends within about a millisecond of its time.
//
//go:linkname haveHighResSleep
var haveHighResSleep = true
