package runtime

import (
	"internal/abi"
	"unsafe"
)

// Channels (Go specification, Channel types, Send statements, Receive operator). There is one thread, so a channel
// needs no lock: nothing else runs between two calls of gopark.
//
// Invariants: at least one of sendq and recvq is empty, except that a select statement may wait on both sides of
// one unbuffered channel. A buffered channel with elements has no waiting receiver, one with room no waiting sender.

// An hchan is a channel. The first two words are what len and cap read.
type hchan struct {
	qcount   uint           // elements in the buffer
	dataqsiz uint           // capacity of the buffer
	buf      unsafe.Pointer // the buffer, a ring
	elemsize uintptr
	sendx    uint // where the next element goes
	recvx    uint // where the next one is
	closed   bool
	recvq    waitq
	sendq    waitq
	elemtype *abi.Type
	timer    *timer  // the timer that feeds it, if one does
	bubble   *bubble // that it belongs to
}

// A waitq is a queue of waiting goroutines, first come first served.
type waitq struct {
	first *sudog
	last  *sudog
}

// A sudog is a goroutine in a queue. One that waits in a select statement is in several.
type sudog struct {
	g        *g
	c        *hchan
	elem     unsafe.Pointer // where the element comes from or goes to; may be in a frame
	next     *sudog
	prev     *sudog
	index    int  // the case of a select statement
	isSelect bool // other sudogs of the goroutine wait as well
	queued   bool
	success  bool // woken by the other side, not because the channel was closed
}

func (q *waitq) enqueue(s *sudog) {
	s.queued = true
	s.next = nil
	s.prev = q.last
	if q.last == nil {
		q.first = s
	} else {
		q.last.next = s
	}
	q.last = s
}

func (q *waitq) remove(s *sudog) {
	if !s.queued {
		return
	}
	s.queued = false
	if s.prev == nil {
		q.first = s.next
	} else {
		s.prev.next = s.next
	}
	if s.next == nil {
		q.last = s.prev
	} else {
		s.next.prev = s.prev
	}
	s.next, s.prev = nil, nil
}

// dequeue takes the goroutine that has waited longest. Those whose select statement has been decided by another
// case are passed over.
func (q *waitq) dequeue() *sudog {
	for {
		s := q.first
		if s == nil {
			return nil
		}
		q.remove(s)
		if s.isSelect {
			if s.g.selectDone {
				continue
			}
			s.g.selectDone = true
		}
		return s
	}
}

// makechan is make(chan T, size).
//
//go:noinline
func makechan(et *abi.Type, size int) *hchan {
	bytes, ok := mulSize(size, et.Size_)
	if !ok {
		panicmakechansize()
	}
	c := new(hchan)
	c.bubble = currentBubble()
	c.elemsize = et.Size_
	c.elemtype = et
	c.dataqsiz = uint(size)
	c.buf = mallocgc(bytes, et)
	return c
}

// makechan64 is makechan for a size of a wider type.
func makechan64(et *abi.Type, size int64) *hchan {
	if int64(int(size)) != size {
		panicmakechansize()
	}
	return makechan(et, int(size))
}

func (c *hchan) slot(i uint) unsafe.Pointer {
	return add(c.buf, uintptr(i)*c.elemsize)
}

func (c *hchan) put(elem unsafe.Pointer) {
	memmove(c.slot(c.sendx), elem, c.elemsize)
	c.sendx++
	if c.sendx == c.dataqsiz {
		c.sendx = 0
	}
	c.qcount++
}

// take removes the oldest element; elem may be nil.
func (c *hchan) take(elem unsafe.Pointer) {
	slot := c.slot(c.recvx)
	if elem != nil {
		memmove(elem, slot, c.elemsize)
	}
	memclrNoHeapPointers(slot, c.elemsize)
	c.recvx++
	if c.recvx == c.dataqsiz {
		c.recvx = 0
	}
	c.qcount--
}

// chansend1 is the statement c <- x.
//
//go:noinline
func chansend1(c *hchan, elem unsafe.Pointer) {
	if c == nil {
		goparkforever(waitReasonChanSendNilChan)
	}
	if trysend(c, elem) {
		return
	}
	s := &sudog{g: getg(), c: c, elem: elem}
	c.sendq.enqueue(s)
	reason := waitReasonChanSend
	if c.ofBubble() {
		reason = waitReasonSynctestChanSend
	}
	gopark(reason)
	if !s.success {
		panicsendclosed()
	}
}

// trysend sends if that needs no waiting.
//
//go:noinline
func trysend(c *hchan, elem unsafe.Pointer) bool {
	checkChan(c, "send on")
	if c.closed {
		panicsendclosed()
	}
	if s := c.recvq.dequeue(); s != nil {
		if s.elem != nil {
			memmove(s.elem, elem, c.elemsize)
		}
		s.wake(true)
		return true
	}
	if c.qcount < c.dataqsiz {
		c.put(elem)
		return true
	}
	return false
}

// selectnbsend is the send of a select statement with a default case and no other.
func selectnbsend(c *hchan, elem unsafe.Pointer) bool {
	return c != nil && trysend(c, elem)
}

// selectnbrecv is the receive of a select statement with a default case and no other.
func selectnbrecv(c *hchan, elem unsafe.Pointer) (selected, received bool) {
	if c == nil {
		return false, false
	}
	checkChan(c, "receive on")
	if c.timer != nil {
		c.timer.maybeRunChan()
	}
	return tryrecv(c, elem)
}

// wake lets the waiting goroutine go on.
func (s *sudog) wake(success bool) {
	s.success = success
	s.elem = nil
	s.g.param = unsafe.Pointer(s)
	goready(s.g)
}

// chanrecv1 is the operation <-c. elem is nil if the value is not wanted.
func chanrecv1(c *hchan, elem unsafe.Pointer) {
	chanrecv2(c, elem)
}

// chanrecv2 is the operation x, ok = <-c. It reports false for the zero value of a closed channel.
//
//go:noinline
func chanrecv2(c *hchan, elem unsafe.Pointer) bool {
	if c == nil {
		goparkforever(waitReasonChanReceiveNilChan)
	}
	checkChan(c, "receive on")
	if c.timer != nil {
		c.timer.maybeRunChan()
	}
	if selected, received := tryrecv(c, elem); selected {
		return received
	}
	s := &sudog{g: getg(), c: c, elem: elem}
	c.recvq.enqueue(s)
	if c.timer != nil {
		blockTimerChan(c.timer)
	}
	reason := waitReasonChanReceive
	if c.ofBubble() {
		reason = waitReasonSynctestChanReceive
	}
	gopark(reason)
	if c.timer != nil {
		unblockTimerChan(c.timer)
	}
	return s.success
}

// tryrecv receives if that needs no waiting.
//
//go:noinline
func tryrecv(c *hchan, elem unsafe.Pointer) (selected, received bool) {
	if c.qcount > 0 {
		c.take(elem)
		if s := c.sendq.dequeue(); s != nil {
			c.put(s.elem)
			s.wake(true)
		}
		return true, true
	}
	if c.closed {
		if elem != nil {
			memclrNoHeapPointers(elem, c.elemsize)
		}
		return true, false
	}
	if s := c.sendq.dequeue(); s != nil {
		if elem != nil {
			memmove(elem, s.elem, c.elemsize)
		}
		s.wake(true)
		return true, true
	}
	return false, false
}

// closechan is close(c).
//
//go:noinline
func closechan(c *hchan) {
	if c == nil {
		panicclosenil()
	}
	checkChan(c, "close of")
	if c.closed {
		panicclosetwice()
	}
	c.closed = true
	for {
		s := c.recvq.dequeue()
		if s == nil {
			break
		}
		if s.elem != nil {
			memclrNoHeapPointers(s.elem, c.elemsize)
		}
		s.wake(false)
	}
	for {
		s := c.sendq.dequeue()
		if s == nil {
			break
		}
		s.wake(false)
	}
}

// chanlen is len(c). The channel of a timer behaves as if it had no buffer.
func chanlen(c *hchan) int {
	if c == nil {
		return 0
	}
	if c.timer != nil {
		if !asyncTimers() {
			return 0
		}
		c.timer.maybeRunChan()
	}
	return int(c.qcount)
}

// chancap is cap(c).
func chancap(c *hchan) int {
	if c == nil {
		return 0
	}
	if c.timer != nil && !asyncTimers() {
		return 0
	}
	return int(c.dataqsiz)
}

//go:linkname reflect_makechan reflect.makechan
func reflect_makechan(t *abi.ChanType, size int) *hchan { return makechan(t.Elem, size) }

//go:linkname reflect_chansend reflect.chansend0
func reflect_chansend(c *hchan, elem unsafe.Pointer, nb bool) bool {
	if nb {
		return selectnbsend(c, elem)
	}
	chansend1(c, elem)
	return true
}

//go:linkname reflect_chanrecv reflect.chanrecv
func reflect_chanrecv(c *hchan, nb bool, elem unsafe.Pointer) (selected, received bool) {
	if nb {
		return selectnbrecv(c, elem)
	}
	return true, chanrecv2(c, elem)
}

//go:linkname reflect_chanlen reflect.chanlen
func reflect_chanlen(c *hchan) int { return chanlen(c) }

//go:linkname reflectlite_chanlen internal/reflectlite.chanlen
func reflectlite_chanlen(c *hchan) int { return chanlen(c) }

//go:linkname reflect_chancap reflect.chancap
func reflect_chancap(c *hchan) int { return chancap(c) }

//go:linkname reflect_chanclose reflect.chanclose
func reflect_chanclose(c *hchan) { closechan(c) }
