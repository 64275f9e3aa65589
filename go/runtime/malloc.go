package runtime

import (
	"internal/abi"
	"unsafe"
)

// The allocator: objects of one size class and kind (with or without references) share spans; a span is filled by
// bumping a pointer through runs of free slots ("holes"). A fresh span is one hole. After a collection the holes
// are the runs of unmarked slots, so that sweeping a span is finding its next hole when it is needed.
//
// An object that holds references has the address of its type's descriptor in the last word of its slot, for the
// collector. Slots are 8-aligned.

// A span is a run of pages with slots of one size.
type span struct {
	start  uintptr // address of the first slot
	npages uintptr
	elem   uintptr // slot size in bytes
	nelems uintptr
	recip  uint32  // 1/elem as a 32-bit fraction, rounded up; 0 if there is one slot
	scan   uintptr // 1 if its objects have a type word, else 0
	hole   uintptr // slots below this one are not looked at until the next collection
	next   uintptr // *span: in the list of its class, or of free span records
	all    uintptr // *span: in the list of all spans
	marks  [16]uint32
}

// slot returns the number of the slot that an address in the span belongs to; it is no less than nelems where that is
// behind the last one. Spans of several slots are so small that the product's error does not reach the result.
func (s *span) slot(p uintptr) uintptr {
	return uintptr(uint64(p-s.start) * uint64(s.recip) >> 32)
}

// A class is the allocation state of one size class and kind.
type class struct {
	free  uintptr // next slot of the current hole
	start uintptr // where the allocations of this hole that are not yet counted begin
	limit uintptr // end of the hole
	elem  uintptr // slot size; 0 before the first use
	span  uintptr // *span: the current one
	swept uintptr // *span: the next ones to look for holes in
	count uint64  // objects allocated
}

// flush counts the objects allocated in the current hole.
func (c *class) flush() {
	if c.free != c.start {
		c.count += uint64((c.free - c.start) / c.elem)
		c.start = c.free
	}
}

const (
	// The first span of a class is as small as its slots allow, since most calls need few of each size; each one
	// after it is twice as large as the last, up to these.
	smallSpan = 4 << 10  // bytes of a span of slots of at most 512 bytes
	bigSpan   = 16 << 10 // and of larger ones
	firstSpan = 2        // least slots of a class's first span
)

var heap struct {
	classes [2 * numClasses]class // index: class<<1 | scan
	all     uintptr               // *span: every span in use
	records uintptr               // *span: unused span records
	nextGC  uintptr               // pages in use at which the next collection starts

	largeCount uint64 // objects with spans of their own allocated
	largeBytes uint64 // bytes of these
	touched    bool   // written to have written here; see mallocFirst
}

// zerobase is the address of every object of size 0.
var zerobase uint32

// mallocgc returns size bytes of zeroed memory. typ describes its contents, which may be an array of it; nil or a
// type without references for memory that the collector need not look into.
func mallocgc(size uintptr, typ *abi.Type) unsafe.Pointer {
	if size == 0 {
		return unsafe.Pointer(&zerobase)
	}
	if gcStress() {
		stressCollect()
	}
	// As an integer the descriptor needs no slot in a shadow frame while refill runs; whoever made it keeps it.
	desc := uintptr(unsafe.Pointer(typ))
	scan := uintptr(0)
	if desc != 0 && typ.PtrBytes != 0 {
		scan = 1
	}
	if p := mallocFirst(size, typ, scan); p != 0 {
		return unsafe.Pointer(p)
	}
	n := size + scan<<2
	if n > maxSmall || n < size {
		large := mallocLarge(size, desc, scan)
		profileAlloc(large, n)
		return large
	}
	i := sizeClass(n)<<1 | scan
	c := &heap.classes[i]
	p := c.free
	if p == c.limit {
		refill(c, i)
		p = c.free
	}
	end := p + c.elem
	c.free = end
	if scan != 0 {
		store32(end-4, desc)
	}
	small := unsafe.Pointer(p)
	profileAlloc(small, c.elem)
	return small
}

// refill finds the next hole for a class, in its current span, in one that the last collection left partly free,
// or in a new span. It may collect.
func refill(c *class, i uintptr) {
	if c.elem == 0 {
		c.elem = classSize(i >> 1)
	}
	c.flush()
	collected := false
	var s *span
	for {
		if c.span != 0 && nextHole(c) {
			return
		}
		if c.swept == 0 {
			if !collected && collectIfDue() {
				collected = true
				continue
			}
			most := uintptr(smallSpan >> pageShift)
			if c.elem > 512 {
				most = bigSpan >> pageShift
			}
			npages := (firstSpan*c.elem + pageSize - 1) >> pageShift
			if c.span != 0 {
				npages = min(2*(*span)(unsafe.Pointer(c.span)).npages, most)
			}
			s = newSpan(npages, c.elem, i&1)
			if s != nil {
				break
			}
			if collected {
				outOfMemory()
			}
			collect()
			collected = true
			continue
		}
		c.span = c.swept
		c.swept = (*span)(unsafe.Pointer(c.span)).next
	}
	c.span = uintptr(unsafe.Pointer(s))
	s.hole = s.nelems
	if gcStress() {
		s.hole = 1
	}
	c.free = s.start
	c.start = s.start
	c.limit = s.start + s.hole*s.elem
	memclrNoHeapPointers(unsafe.Pointer(s.start), c.limit-c.free)
}

// nextHole makes the next run of unmarked slots of the current span the class's hole and clears it.
func nextHole(c *class) bool {
	s := (*span)(unsafe.Pointer(c.span))
	i := s.hole
	for i < s.nelems && s.marks[i>>5]>>(i&31)&1 != 0 {
		i++
	}
	j := i
	for j < s.nelems && s.marks[j>>5]>>(j&31)&1 == 0 {
		j++
		if gcStress() {
			// The next allocation collects before it takes a slot, and expects the others as poison left them.
			break
		}
	}
	s.hole = j
	if i == j {
		return false
	}
	c.free = s.start + i*s.elem
	c.start = c.free
	c.limit = s.start + j*s.elem
	memclrNoHeapPointers(unsafe.Pointer(c.free), c.limit-c.free)
	return true
}

// mallocLarge allocates a zeroed object with a span of its own. It may collect.
func mallocLarge(size, desc, scan uintptr) unsafe.Pointer {
	s := largeSpan(size, scan)
	memclrNoHeapPointers(unsafe.Pointer(s.start), s.elem)
	if scan != 0 {
		store32(s.start+s.elem-4, desc)
	}
	return unsafe.Pointer(s.start)
}

// largeSpan allocates a span for one object, which is not zeroed. It may collect.
func largeSpan(size, scan uintptr) *span {
	if size > 1<<31-1-2*pageSize {
		outOfMemory()
	}
	npages := (size + scan<<2 + pageSize - 1) >> pageShift
	// A large object may not fit below the mark although the program is far from it now.
	if !gcLeaking() && heap.nextGC != 0 && pages.inUse+npages > heap.nextGC && pages.inUse > gc.live {
		collect()
	}
	s := newSpan(npages, npages<<pageShift, scan)
	if s == nil {
		collect()
		s = newSpan(npages, npages<<pageShift, scan)
		if s == nil {
			outOfMemory()
		}
	}
	heap.largeCount++
	heap.largeBytes += uint64(s.elem)
	return s
}

// newSpan takes pages for slots of elem bytes and enters them into the page map. It returns nil if there is no memory.
func newSpan(npages, elem, scan uintptr) *span {
	if pages.lo == 0 {
		pagesInit()
		setNextGC()
	}
	if heap.records == 0 {
		const size = unsafe.Sizeof(span{})
		at := allocPages(1, pageOther)
		if at == 0 {
			return nil
		}
		memclrNoHeapPointers(unsafe.Pointer(at), pageSize)
		for end := at + pageSize - size; at <= end; at += size {
			(*span)(unsafe.Pointer(at)).next = heap.records
			heap.records = at
		}
	}
	addr := heap.records
	s := (*span)(unsafe.Pointer(addr))
	start := allocPages(npages, addr)
	if start == 0 {
		return nil
	}
	heap.records = s.next
	s.start = start
	s.npages = npages
	s.elem = elem
	s.nelems = npages << pageShift / elem
	s.recip = 0
	if s.nelems != 1 {
		s.recip = ^uint32(0)/uint32(elem) + 1
	}
	s.scan = scan
	s.next = 0
	s.all = heap.all
	heap.all = addr
	pages.inUse += npages
	return s
}

// outOfMemory ends the program because the host has no more memory and nothing can be freed.
func outOfMemory() { throw("out of memory") }

// allocated returns the number of objects allocated so far, and their bytes.
func allocated() (objects, bytes uint64) {
	objects, bytes = allocatedFirst()
	objects += heap.largeCount
	bytes += heap.largeBytes
	for i := range heap.classes {
		c := &heap.classes[i]
		if c.elem != 0 {
			c.flush()
			objects += c.count
			bytes += c.count * uint64(c.elem)
		}
	}
	return objects, bytes
}

// newobject allocates a zeroed value of a type: new(T).
func newobject(typ *abi.Type) unsafe.Pointer {
	return mallocgc(typ.Size_, typ)
}
