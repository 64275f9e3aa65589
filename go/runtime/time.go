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
	seq     uint64  // the number of its setting
	c       *hchan  // the channel that f sends to, if that behaves as one without buffer
	blocked int     // goroutines that wait for the channel
	bubble  *bubble // of testing/synctest, by whose clock it fires
	index   int     // place in the heap plus one
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
	t.bubble = currentBubble()
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
func stopTimer(t *timeTimer) bool {
	checkTimer(&t.timer, "stop")
	return t.stop()
}

//go:linkname resetTimer time.resetTimer
func resetTimer(t *timeTimer, when, period int64) bool {
	checkTimer(&t.timer, "reset")
	pending := t.stop()
	if t.bubbled() {
		t.bubble = currentBubble()
	}
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
	h := t.heap()
	h.seq++
	t.seq = h.seq
	if t.bubbled() {
		// Nobody shall count on the order of equal times.
		t.seq = uint64(rand())
	}
	if t.c == nil || t.blocked > 0 {
		if t.bubbled() && when <= t.now() {
			// In a bubble no time would pass before it fires.
			t.fire(t.now())
			return
		}
		h.insert(t)
	}
}

// heap returns the heap that the timer stands in while it is set.
func (t *timer) heap() *timerHeap {
	if t.bubbled() {
		return bubbleTimers(t.bubble)
	}
	return &timers
}

// now returns the time by the timer's clock.
func (t *timer) now() int64 {
	if t.bubbled() {
		return bubbleNow()
	}
	return nanotime()
}

// stop reports whether the timer had still to fire, or its value to be received.
func (t *timer) stop() bool {
	if t.c != nil {
		t.maybeRunChan()
	}
	pending := t.when > 0
	t.when = 0
	t.heap().remove(t)
	if t.c != nil && t.c.qcount > 0 && !asyncTimers() {
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
	t.heap().remove(t)
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
	if now := t.now(); t.when <= now {
		t.fire(now)
	}
}

// blockTimerChan notes that a goroutine waits for the channel of a timer.
//
//go:ifreached newTimer
func blockTimerChan(t *timer) {
	t.blocked++
	if t.when > 0 && t.index == 0 {
		t.heap().insert(t)
	}
}

// unblockTimerChan notes that a goroutine waits no longer.
//
//go:ifreached newTimer
func unblockTimerChan(t *timer) {
	t.blocked--
	if t.blocked == 0 {
		t.heap().remove(t)
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
	return timers.run(nanotime())
}

// run fires the timers that are due at time now and returns the time of the next one, or 0.
func (h *timerHeap) run(now int64) (next int64) {
	for len(h.heap) != 0 {
		t := h.heap[0]
		if t.when > now {
			return t.when
		}
		t.fire(now)
	}
	return 0
}

// next returns the time of the next timer, or 0.
func (h *timerHeap) next() int64 {
	if len(h.heap) == 0 {
		return 0
	}
	return h.heap[0].when
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
	t.bubble = gp.bubble
	when := t.now() + ns
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

// asyncChannels is whether GODEBUG=asynctimerchan=1 or 2 asks for the channels of Go 1.22, which have a buffer that Stop
// and Reset leave as it is.
var asyncChannels bool

//go:ifreached newTimer
func asyncTimers() bool { return asyncChannels }

// setAsyncTimers reads the setting.
//
//go:ifreached newTimer
func setAsyncTimers() {
	value := godebug("asynctimerchan")
	asyncChannels = value != "" && value != "0"
}

// haveHighResSleep tells the tests of package time that a sleep ends within about a millisecond of its time.
//
//go:linkname haveHighResSleep
var haveHighResSleep = true
