package runtime

import "unsafe"

// Specials: what is to be done when an object dies. A special is a finalizer, a cleanup, or the handle that weak
// pointers to an address share.
//
// They are ordinary objects in a hash table by the address of their object, which they hold as an integer. The
// collector goes through the table when it has marked what the roots reach. What finalizers and cleanups have to
// call waits in a queue until the next safepoint: a call of GC or Gosched, or the scheduler's turn.
//
// Programs that make no special have none of the functions marked go:ifreached, and never call them.

// The kinds of specials.
const (
	specialFinalizer = iota
	specialCleanup
	specialWeak
)

type special struct {
	next   *special
	object uintptr // the start of the object, or another address, outside of the heap
	kind   uint8
	id     uint64         // of a cleanup; of the bubble that a variable belongs to (synctest.go)
	run    func()         // of a cleanup
	final  finalizer      // of a finalizer
	revive unsafe.Pointer // the object of a finalizer in the queue, which stays until it has run
	handle *weakHandle    // of weak pointers
}

var specials struct {
	buckets []*special
	n       int
	lastID  uint64
	queue   *special // what is to run, and the end of that list
	last    *special
	running bool
	queued  [2]uint64 // finalizers and cleanups that have been in the queue, by kind
	ran     [2]uint64 // those that have run
}

// slotOf finds the span and the slot that an address in the heap belongs to.
func slotOf(p uintptr) (s *span, n uintptr) {
	i := (p - pages.lo) >> pageShift
	if i >= pages.npages {
		return nil, 0
	}
	at := load32(pages.owners + i<<2)
	if at <= pageOther {
		return nil, 0
	}
	s = (*span)(unsafe.Pointer(at))
	n = s.slot(p)
	if n >= s.nelems {
		return nil, 0
	}
	return s, n
}

// objectOf returns the start of the object that an address belongs to, 0 outside of the heap.
func objectOf(p unsafe.Pointer) uintptr {
	s, n := slotOf(uintptr(p))
	if s == nil {
		return 0
	}
	return s.start + n*s.elem
}

// isMarked reports whether an object has been reached. What lies outside of the heap always has.
func isMarked(object uintptr) bool {
	s, n := slotOf(object)
	return s == nil || s.marks[n>>5]>>(n&31)&1 != 0
}

// bucketOf returns the chain for an object.
func bucketOf(object uintptr) **special {
	h := uint32(object) * 0x9e3779b1
	return &specials.buckets[h>>8&uint32(len(specials.buckets)-1)]
}

// addSpecial enters a special into the table.
func addSpecial(s *special) {
	if specials.n >= len(specials.buckets) {
		old := specials.buckets
		specials.buckets = make([]*special, max(16, 2*len(old)))
		for _, s := range old {
			for s != nil {
				next := s.next
				linkSpecial(s)
				s = next
			}
		}
	}
	specials.n++
	linkSpecial(s)
}

func linkSpecial(s *special) {
	chain := bucketOf(s.object)
	s.next = *chain
	*chain = s
}

// findSpecial returns a special of a kind for which match holds; all do where it is nil.
func findSpecial(object uintptr, kind uint8, match func(*special) bool) *special {
	if len(specials.buckets) == 0 {
		return nil
	}
	for s := *bucketOf(object); s != nil; s = s.next {
		if s.object == object && s.kind == kind && (match == nil || match(s)) {
			return s
		}
	}
	return nil
}

// removeSpecial takes a special out of the table.
func removeSpecial(which *special) {
	for at := bucketOf(which.object); *at != nil; at = &(*at).next {
		if *at == which {
			*at = which.next
			specials.n--
			return
		}
	}
}

// markSpecials is the collector's part. An object that only the objects of finalizers refer to stays until these
// have run, so that a finalizer finds what its object refers to as it was.
//
//go:ifreached addSpecial
func markSpecials() {
	for _, s := range specials.buckets {
		for ; s != nil; s = s.next {
			if s.kind == specialFinalizer {
				scanContents(s.object)
			}
		}
	}
	drain()
	takeDead(specialWeak)
	takeDead(specialFinalizer)
	drain()
	takeDead(specialCleanup)
}

// scanContents greys what an object refers to, but not itself.
func scanContents(object uintptr) {
	if s, n := slotOf(object); s != nil && s.scan != 0 {
		base := s.start + n*s.elem
		scanObject(base, base+s.elem-4)
	}
}

// takeDead takes the specials of a kind whose objects have not been reached out of the table.
func takeDead(kind uint8) {
	for i := range specials.buckets {
		at := &specials.buckets[i]
		for *at != nil {
			s := *at
			if s.kind != kind || isMarked(s.object) {
				at = &s.next
				continue
			}
			*at = s.next
			specials.n--
			s.next = nil
			switch kind {
			case specialWeak:
				s.handle.target = 0
				continue
			case specialFinalizer:
				s.revive = unsafe.Pointer(s.object)
			}
			if specials.queue == nil {
				specials.queue = s
			} else {
				specials.last.next = s
			}
			specials.last = s
			specials.queued[kind]++
		}
	}
	for s := specials.queue; kind == specialFinalizer && s != nil; s = s.next {
		grey(uintptr(s.revive))
	}
}

// startSpecials has the queue run: by a goroutine of its own if there are goroutines, so that it may wait for others,
// else here.
func startSpecials() {
	if specials.queue == nil || specials.running {
		return
	}
	specials.running = true
	if hasGoroutines() {
		goSpecials()
	} else {
		runSpecials()
	}
}

//go:ifreached newproc newcoro
func goSpecials() {
	gp := newg(runSpecials, callerPC(shadowSP()))
	bubbleLeft(gp)
	goready(gp)
}

// runSpecials calls what finalizers and cleanups have to call.
//
//go:ifreached addSpecial
func runSpecials() {
	for specials.queue != nil {
		s := specials.queue
		specials.queue = s.next
		s.next = nil
		if specials.queue == nil {
			specials.last = nil
		}
		if s.kind == specialCleanup {
			s.run()
		} else {
			p := s.revive
			s.revive = nil
			s.final.call(p)
		}
		specials.ran[s.kind]++
	}
	specials.running = false
}

// unique_blockUntilEmptyCleanupQueue waits until all that finalizers and cleanups have to call has been called, or for
// so many nanoseconds. The tests of packages unique and sync ask.
//
//go:linkname unique_blockUntilEmptyCleanupQueue unique.runtime_blockUntilEmptyCleanupQueue
func unique_blockUntilEmptyCleanupQueue(timeout int64) bool {
	start := nanotime()
	for specials.running || specials.queue != nil {
		if nanotime()-start > timeout {
			return false
		}
		Gosched()
	}
	return true
}

//go:linkname sync_blockUntilEmptyCleanupQueue sync_test.runtime_blockUntilEmptyCleanupQueue
func sync_blockUntilEmptyCleanupQueue(timeout int64) bool {
	return unique_blockUntilEmptyCleanupQueue(timeout)
}

// A weakHandle is what weak pointers to one address share: the address, as an integer, until its object is dead.
type weakHandle struct {
	target uintptr
}

//go:linkname registerWeakPointer weak.runtime_registerWeakPointer
func registerWeakPointer(p unsafe.Pointer) unsafe.Pointer {
	object := objectOf(p)
	if object == 0 {
		object = uintptr(p)
	}
	same := func(s *special) bool { return s.id == 0 && s.handle.target == uintptr(p) }
	s := findSpecial(object, specialWeak, same)
	if s == nil {
		s = &special{object: object, kind: specialWeak, handle: &weakHandle{uintptr(p)}}
		addSpecial(s)
	}
	return unsafe.Pointer(s.handle)
}

//go:linkname makeStrongFromWeak weak.runtime_makeStrongFromWeak
func makeStrongFromWeak(handle unsafe.Pointer) unsafe.Pointer {
	return unsafe.Pointer((*weakHandle)(handle).target)
}
