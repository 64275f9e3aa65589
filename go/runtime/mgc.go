package runtime

import (
	"internal/abi"
	"unsafe"
)

// The collector: precise, non-moving mark and sweep, with the program stopped.
//
// Roots are the static words of the table at rootsAddr and the references in shadow frames. Marking keeps the
// objects still to be scanned on a stack of chunks, so that no structure can overflow it; where there is no memory for
// one more, what is marked is scanned again until nothing is left out. Sweeping
// frees spans without a marked slot and hands the others to their class, whose allocation finds the holes.

// gcMinimum is the number of bytes in use below which nothing is ever collected: short calls never pay.
// Above it a collection starts when as much has been allocated as was live after the last one, but no more than
// gcMaximumGrowth.
const gcMinimum = 4 << 20

// chunkPages is the size of a piece of the mark stack.
const chunkPages = 8

// A markChunk is a piece of the mark stack.
type markChunk struct {
	below uintptr // *markChunk
	items [chunkPages*pageSize/4 - 1]uintptr
}

var gc struct {
	live   uintptr // pages in use after the last collection
	chunk  uintptr // *markChunk: the topmost one
	n      uintptr // items in it
	spare  uintptr // *markChunk: one kept, so that a stack at a chunk's edge does not allocate again and again
	lost   bool    // whether objects were marked that had no room on the mark stack
	count  uint32  // collections so far
	forced uint32  // those that the program asked for
	marked uintptr // objects marked and frames scanned since the last collection by stressCollect began
	owed   uintptr // and how many of them allocations have still to pay for
}

// collectIfDue collects if enough has been allocated since the last time. It reports whether it did.
func collectIfDue() bool {
	if gcLeaking() || heap.nextGC == 0 || pages.inUse < heap.nextGC {
		return false
	}
	collect()
	return true
}

// collect runs a collection. Every function that can reach it spills its references to its shadow frame.
func collect() {
	if gcLeaking() || pages.lo == 0 {
		return
	}
	pauseBegin()
	clearPools()
	clearResults()
	clearMarks()
	markRoots()
	drain()
	if specials.n != 0 {
		markSpecials()
	}
	profileFrees()
	sweep()
	gc.live = pages.inUse
	gc.count++
	pauseEnd()
	setNextGC()
}

// setNextGC decides when the next collection starts, by debug.SetGCPercent and debug.SetMemoryLimit.
func setNextGC() {
	next := ^uintptr(0)
	if settings.gcPercent >= 0 {
		percent := uint64(settings.gcPercent)
		growth := max(uint64(gc.live)*percent, gcMinimum>>pageShift*percent) / 100
		next = gc.live + uintptr(min(growth, gcMaximumGrowth>>pageShift))
	}
	if limit := uint64(settings.memoryLimit) >> pageShift; limit < uint64(next) {
		next = max(uintptr(limit), gc.live+1)
	}
	heap.nextGC = next
}

func clearMarks() {
	for at := heap.all; at != 0; {
		s := (*span)(unsafe.Pointer(at))
		s.marks = [16]uint32{}
		at = s.all
	}
}

// markRoots greys what static data and shadow frames refer to. The layout of a frame and of its descriptor is
// that of decision record 0002.
func markRoots() {
	at := rootsAddr()
	for end := at + rootsLen()<<2; at < end; at += 4 {
		grey(load32(load32(at)))
	}
	markFirst()
	if sched.multi {
		markStacks()
	} else if g0.base == 0 {
		markStack(shadowSP(), stackHi())
	} else {
		markStack(shadowSP(), g0.base)
	}
}

// markStacks greys what the frames of all goroutines refer to, and those of the scheduler.
//
//go:ifreached newproc newcoro
func markStacks() {
	if gp := sched.curg; gp == nil {
		markStack(shadowSP(), stackHi())
	} else {
		markStack(shadowSP(), gp.base)
		markStack(sched.sp, stackHi())
	}
	if sched.curg != &g0 && g0.base != 0 {
		markStack(g0.sp, g0.base)
	}
	for gp := sched.allfirst; gp != nil; gp = gp.allnext {
		if gp.started && gp != sched.curg {
			markStack(gp.sp, gp.base)
		}
	}
}

// markStack greys what the frames between two addresses refer to.
func markStack(frame, top uintptr) {
	for frame != top {
		desc := load32(frame)
		size := load32(desc)
		if size == 0 {
			frame = load32(frame + linkOuter)
			continue
		}
		if gcStress() {
			gc.marked++
		}
		words, bits := load32(desc+4), desc+8
		if sites := callSites(); sites != 0 {
			// Where the call is known, so is what it leaves alive.
			if id := load32(frame + 4); id != 0 {
				if live := uintptr(siteRow(id).live); live != 0 {
					words, bits = load32(sites+live), sites+live+4
				}
			}
		}
		for i := uintptr(0); i < words; i++ {
			if *(*uint8)(unsafe.Pointer(bits + i>>3))>>(i&7)&1 != 0 {
				grey(load32(frame + i<<2))
			}
		}
		frame += size
	}
}

// grey marks the object that an address points into, if it is one of ours, and puts it on the mark stack if it
// holds references.
func grey(p uintptr) {
	i := (p - pages.lo) >> pageShift
	if i >= pages.npages {
		return
	}
	at := load32(pages.owners + i<<2)
	if at <= pageOther {
		return
	}
	s := (*span)(unsafe.Pointer(at))
	n := s.slot(p)
	if n >= s.nelems {
		return
	}
	bit := uint32(1) << (n & 31)
	w := &s.marks[n>>5]
	if *w&bit != 0 {
		return
	}
	*w |= bit
	if gcStress() {
		gc.marked++
	}
	if s.scan != 0 {
		// The slot's address, and that of its type word.
		base := s.start + n*s.elem
		if gcStress() && load32(base+s.elem-4) == poisoned {
			throw("found a reference to freed memory")
		}
		push(base, base+s.elem-4)
	}
}

func push(base, end uintptr) {
	if gc.chunk == 0 || gc.n == uintptr(len(markChunk{}.items))&^1 {
		at := gc.spare
		gc.spare = 0
		if at == 0 {
			at = allocPages(chunkPages, pageOther)
			if at == 0 {
				gc.lost = true
				return
			}
		}
		(*markChunk)(unsafe.Pointer(at)).below = gc.chunk
		gc.chunk = at
		gc.n = 0
	}
	items := gc.chunk + 4 + gc.n<<2
	store32(items, base)
	store32(items+4, end)
	gc.n += 2
}

// drain scans the marked objects until none is left. A chunk is kept for the next collection, which may have to do
// without any other.
func drain() {
	scanStack()
	for gc.lost {
		gc.lost = false
		for at := heap.all; at != 0; {
			s := (*span)(unsafe.Pointer(at))
			for i := uintptr(0); i < s.nelems && s.scan != 0; i++ {
				if s.marks[i>>5]>>(i&31)&1 != 0 {
					base := s.start + i*s.elem
					scanObject(base, base+s.elem-4)
					scanStack()
				}
			}
			at = s.all
		}
	}
}

// scanStack scans the objects on the mark stack until there are none.
func scanStack() {
	for gc.chunk != 0 {
		if gc.n == 0 {
			at := gc.chunk
			gc.chunk = (*markChunk)(unsafe.Pointer(at)).below
			gc.n = uintptr(len(markChunk{}.items)) &^ 1
			if gc.spare != 0 {
				freePages(gc.spare, chunkPages)
			}
			gc.spare = at
			continue
		}
		gc.n -= 2
		item := gc.chunk + 4 + gc.n<<2
		scanObject(load32(item), load32(item+4))
	}
}

// scanObject greys what an object refers to: a value of the type named by its type word, or an array of them.
func scanObject(base, end uintptr) {
	typ := (*abi.Type)(unsafe.Pointer(load32(end)))
	if !scanLarge(base, end, typ) {
		scanValues(base, end, typ)
	}
}

// scanValues greys what the values of a type between two addresses refer to.
func scanValues(base, end uintptr, typ *abi.Type) {
	mask := uintptr(unsafe.Pointer(typ.GCData))
	words := typ.PtrBytes >> 2
	// What is behind the last whole element is zero.
	for ; base+words<<2 <= end; base += typ.Size_ {
		for i := uintptr(0); i < words; i += 8 {
			bits := uint32(*(*uint8)(unsafe.Pointer(mask + i>>3)))
			for at := base + i<<2; bits != 0; at += 4 {
				if bits&1 != 0 {
					if p := load32(at); p != 0 {
						grey(p)
					}
				}
				bits >>= 1
			}
		}
	}
}

// sweep frees the spans without marked slots, hands the others to their classes and joins free pages.
func sweep() {
	for i := range heap.classes {
		c := &heap.classes[i]
		c.flush()
		c.free = 0
		c.start = 0
		c.limit = 0
		c.span = 0
		c.swept = 0
	}
	at := heap.all
	heap.all = 0
	for at != 0 {
		s := (*span)(unsafe.Pointer(at))
		next := s.all
		live := uint32(0)
		for _, w := range s.marks {
			live |= w
		}
		if gcStress() {
			poison(s)
		}
		if live == 0 {
			pages.inUse -= s.npages
			pages.loose = true
			setOwner(s.start, s.npages, pageFree)
			s.next = heap.records
			heap.records = at
		} else {
			s.all = heap.all
			heap.all = at
			if s.elem <= maxSmall {
				s.hole = 0
				c := &heap.classes[sizeClass(s.elem)<<1|s.scan]
				s.next = c.swept
				c.swept = at
			}
		}
		at = next
	}
	joinFree()
}

// GC runs a garbage collection, during which other goroutines may run.
func GC() {
	gc.forced++
	collect()
	Gosched()
}
