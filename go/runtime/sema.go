package runtime

import "unsafe"

// Semaphores and notification lists, on which package sync stands.

// A semaWaiter is a goroutine that waits for a semaphore.
type semaWaiter struct {
	g      *g
	addr   *uint32
	next   *semaWaiter
	ticket uint32 // of a notifyList
	handed bool   // the semaphore has been passed to it
}

// A semaRoot holds the waiters of the semaphores whose addresses fall on it, in the order in which they are served.
type semaRoot struct {
	first *semaWaiter
	last  *semaWaiter
}

const semaRoots = 61

var semaTable [semaRoots]semaRoot

func semaRootOf(addr *uint32) *semaRoot {
	return &semaTable[uintptr(unsafe.Pointer(addr))>>3%semaRoots]
}

// dequeue takes the first waiter for an address.
func (r *semaRoot) dequeue(addr *uint32) *semaWaiter {
	var prev *semaWaiter
	for w := r.first; w != nil; prev, w = w, w.next {
		if w.addr != addr {
			continue
		}
		if prev == nil {
			r.first = w.next
		} else {
			prev.next = w.next
		}
		if r.last == w {
			r.last = prev
		}
		w.next = nil
		return w
	}
	return nil
}

// semacquire waits until *addr > 0 and decrements it. With lifo the goroutine waits in front of the others.
func semacquire(addr *uint32, lifo bool, reason waitReason) {
	if *addr > 0 {
		*addr--
		return
	}
	w := &semaWaiter{g: getg(), addr: addr}
	r := semaRootOf(addr)
	for {
		switch {
		case r.last == nil:
			r.first, r.last = w, w
		case lifo:
			w.next = r.first
			r.first = w
		default:
			r.last.next = w
			r.last = w
		}
		gopark(reason)
		if w.handed {
			return
		}
		if *addr > 0 {
			*addr--
			return
		}
		// Somebody was faster: wait on, in front.
		lifo = true
	}
}

// semrelease increments *addr and wakes a waiter. With handoff the waiter gets the semaphore at once and runs next.
func semrelease(addr *uint32, handoff bool) {
	*addr++
	w := semaRootOf(addr).dequeue(addr)
	if w == nil {
		return
	}
	if handoff && *addr > 0 {
		*addr--
		w.handed = true
		goreadyFirst(w.g)
		return
	}
	goready(w.g)
}

//go:linkname sync_runtime_Semacquire sync.runtime_Semacquire
func sync_runtime_Semacquire(s *uint32) { semacquire(s, false, waitReasonSemacquire) }

//go:linkname sync_runtime_SemacquireWaitGroup sync.runtime_SemacquireWaitGroup
func sync_runtime_SemacquireWaitGroup(s *uint32, synctestDurable bool) {
	reason := waitReasonSyncWaitGroupWait
	if synctestDurable {
		reason = waitReasonSynctestWaitGroupWait
	}
	semacquire(s, false, reason)
}

//go:linkname sync_runtime_SemacquireRWMutexR sync.runtime_SemacquireRWMutexR
func sync_runtime_SemacquireRWMutexR(s *uint32, lifo bool, skipframes int) {
	semacquire(s, lifo, waitReasonSyncRWMutexRLock)
}

//go:linkname sync_runtime_SemacquireRWMutex sync.runtime_SemacquireRWMutex
func sync_runtime_SemacquireRWMutex(s *uint32, lifo bool, skipframes int) {
	semacquire(s, lifo, waitReasonSyncRWMutexLock)
}

//go:linkname sync_runtime_Semrelease sync.runtime_Semrelease
func sync_runtime_Semrelease(s *uint32, handoff bool, skipframes int) { semrelease(s, handoff) }

//go:linkname internal_sync_runtime_SemacquireMutex internal/sync.runtime_SemacquireMutex
func internal_sync_runtime_SemacquireMutex(s *uint32, lifo bool, skipframes int) {
	semacquire(s, lifo, waitReasonSyncMutexLock)
}

//go:linkname internal_sync_runtime_Semrelease internal/sync.runtime_Semrelease
func internal_sync_runtime_Semrelease(s *uint32, handoff bool, skipframes int) {
	semrelease(s, handoff)
}

//go:linkname poll_runtime_Semacquire internal/poll.runtime_Semacquire
func poll_runtime_Semacquire(s *uint32) { semacquire(s, false, waitReasonSemacquire) }

//go:linkname poll_runtime_Semrelease internal/poll.runtime_Semrelease
func poll_runtime_Semrelease(s *uint32) { semrelease(s, false) }

// One thread: whoever holds a lock does not run while another waits for it, so spinning is in vain.

//go:linkname internal_sync_runtime_canSpin internal/sync.runtime_canSpin
func internal_sync_runtime_canSpin(i int) bool { return false }

//go:linkname internal_sync_runtime_doSpin internal/sync.runtime_doSpin
func internal_sync_runtime_doSpin() {}

// A notifyList is the waiting list of a sync.Cond, whose layout this is. Waiters are served in the order of their
// tickets.
type notifyList struct {
	wait   uint32 // the next ticket
	notify uint32 // the first ticket not yet notified
	lock   uintptr
	head   *semaWaiter
	tail   *semaWaiter
}

//go:linkname notifyListAdd sync.runtime_notifyListAdd
func notifyListAdd(l *notifyList) uint32 {
	t := l.wait
	l.wait++
	return t
}

//go:linkname notifyListWait sync.runtime_notifyListWait
func notifyListWait(l *notifyList, t uint32) {
	// The difference is right when the counters wrap around, too.
	if int32(t-l.notify) < 0 {
		return
	}
	w := &semaWaiter{g: getg(), ticket: t}
	if l.tail == nil {
		l.head = w
	} else {
		l.tail.next = w
	}
	l.tail = w
	gopark(waitReasonSyncCondWait)
}

//go:linkname notifyListNotifyAll sync.runtime_notifyListNotifyAll
func notifyListNotifyAll(l *notifyList) {
	w := l.head
	l.head, l.tail = nil, nil
	l.notify = l.wait
	for w != nil {
		next := w.next
		w.next = nil
		checkWake(w.g)
		goready(w.g)
		w = next
	}
}

//go:linkname notifyListNotifyOne sync.runtime_notifyListNotifyOne
func notifyListNotifyOne(l *notifyList) {
	if l.wait == l.notify {
		return
	}
	t := l.notify
	l.notify++
	// The holder of the ticket may not have come to wait yet; then it will find itself notified.
	var prev *semaWaiter
	for w := l.head; w != nil; prev, w = w, w.next {
		if w.ticket != t {
			continue
		}
		if prev == nil {
			l.head = w.next
		} else {
			prev.next = w.next
		}
		if l.tail == w {
			l.tail = prev
		}
		w.next = nil
		checkWake(w.g)
		goready(w.g)
		return
	}
}
