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
	scan   uintptr // 1 if its objects have a type word, else 0
	hole   uintptr // slots below this one are not looked at until the next collection
	next   uintptr // *span: in the list of its class, or of free span records
	all    uintptr // *span: in the list of all spans
	marks  [16]uint32
}

// A class is the allocation state of one size class and kind.
type class struct {
	free  uintptr // next slot of the current hole
	limit uintptr // end of the hole
	elem  uintptr // slot size; 0 before the first use
	span  uintptr // *span: the current one
	swept uintptr // *span: the next ones to look for holes in
}

const (
	smallSpan = pageSize     // bytes of a span of slots of at most 512 bytes
	bigSpan   = 4 * pageSize // and of larger ones
)

var heap struct {
	classes [2 * numClasses]class // index: class<<1 | scan
	all     uintptr               // *span: every span in use
	records uintptr               // *span: unused span records
	nextGC  uintptr               // pages in use at which the next collection starts
}

// zerobase is the address of every object of size 0.
var zerobase uint32

// mallocgc returns size bytes of zeroed memory. typ describes its contents, which may be an array of it; nil or a
// type without references for memory that the collector need not look into.
func mallocgc(size uintptr, typ *abi.Type) unsafe.Pointer {
	if size == 0 {
		return unsafe.Pointer(&zerobase)
	}
	// As an integer the descriptor needs no slot in a shadow frame while refill runs; whoever made it keeps it.
	desc := uintptr(unsafe.Pointer(typ))
	scan := uintptr(0)
	if desc != 0 && typ.PtrBytes != 0 {
		scan = 1
	}
	n := size + scan<<2
	if n > maxSmall || n < size {
		return mallocLarge(size, desc, scan)
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
	return unsafe.Pointer(p)
}

// refill finds the next hole for a class, in its current span, in one that the last collection left partly free,
// or in a new span. It may collect.
func refill(c *class, i uintptr) {
	if c.elem == 0 {
		c.elem = classSize(i >> 1)
	}
	for {
		if c.span != 0 && nextHole(c) {
			return
		}
		if c.swept == 0 {
			if collectIfDue() {
				continue
			}
			break
		}
		c.span = c.swept
		c.swept = (*span)(unsafe.Pointer(c.span)).next
	}
	npages := uintptr(smallSpan >> pageShift)
	if c.elem > 512 {
		npages = bigSpan >> pageShift
	}
	s := newSpan(npages, c.elem, i&1)
	c.span = uintptr(unsafe.Pointer(s))
	s.hole = s.nelems
	c.free = s.start
	c.limit = s.start + s.nelems*s.elem
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
	}
	s.hole = j
	if i == j {
		return false
	}
	c.free = s.start + i*s.elem
	c.limit = s.start + j*s.elem
	memclrNoHeapPointers(unsafe.Pointer(c.free), c.limit-c.free)
	return true
}

// mallocLarge allocates an object with a span of its own. It may collect.
func mallocLarge(size, desc, scan uintptr) unsafe.Pointer {
	if size > 1<<31-1-2*pageSize {
		throw("out of memory")
	}
	collectIfDue()
	npages := (size + scan<<2 + pageSize - 1) >> pageShift
	s := newSpan(npages, npages<<pageShift, scan)
	memclrNoHeapPointers(unsafe.Pointer(s.start), s.elem)
	if scan != 0 {
		store32(s.start+s.elem-4, desc)
	}
	return unsafe.Pointer(s.start)
}

// newSpan takes pages for slots of elem bytes and enters them into the page map.
func newSpan(npages, elem, scan uintptr) *span {
	if pages.lo == 0 {
		pagesInit()
		heap.nextGC = gcMinimum >> pageShift
	}
	if heap.records == 0 {
		const size = unsafe.Sizeof(span{})
		at := allocPages(1, pageOther)
		for end := at + pageSize - size; at <= end; at += size {
			(*span)(unsafe.Pointer(at)).next = heap.records
			heap.records = at
		}
	}
	addr := heap.records
	s := (*span)(unsafe.Pointer(addr))
	heap.records = s.next
	s.start = allocPages(npages, addr)
	s.npages = npages
	s.elem = elem
	s.nelems = npages << pageShift / elem
	s.scan = scan
	s.next = 0
	s.all = heap.all
	heap.all = addr
	pages.inUse += npages
	return s
}

// newobject allocates a zeroed value of a type: new(T).
func newobject(typ *abi.Type) unsafe.Pointer {
	return mallocgc(typ.Size_, typ)
}
