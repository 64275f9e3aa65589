package runtime

import "unsafe"

// The page heap: memory in pages of 512 bytes, from arenas that are never given back. The pages are that small because a
// call of a runtime pays for each 4 KiB of fresh memory that it touches, by a fault of the machine's own pages: a short
// call, with a few objects of different sizes, stays within very few.
//
// A page map has a word for each page from the first arena's start to the last one's end: the address of the span
// that the page belongs to, pageFree, or pageOther. Free pages stand in a list of runs; the collector's sweep
// builds it anew from the map, in address order and with neighbours joined.
const (
	pageShift = 9
	pageSize  = 1 << pageShift

	pageFree  = 0 // in a free run
	pageOther = 1 // the heap's own data, or not ours

	// An arena asked from the host is a power of two of bytes, as the executor's allocator rounds up to one
	// anyway, from minArena doubling to maxArena.
	minArena = 256 << 10
	maxArena = 4 << 20

	// Of the first arena this much is taken at first, so that its map is one page.
	firstPiece = pageSize / 4 << pageShift
)

// A pageRun is the head of a run of free pages, stored in its first page.
type pageRun struct {
	next   uintptr // *pageRun
	npages uintptr
}

var pages struct {
	lo        uintptr // address of the page that entry 0 of the map describes; 0 before the first use
	npages    uintptr // number of entries of the map
	owners    uintptr // address of the map
	free      uintptr // *pageRun: the first free run
	loose     bool    // whether pages have become free since the runs were joined
	inUse     uintptr // pages given to spans
	rest      uintptr // what follows of the first arena; 0 if that is taken too
	nextArena uintptr // bytes of the next arena
	arenas    uintptr // bytes of all arenas
}

// pagesInit takes the first piece of the first arena, which is larger in every profile.
func pagesInit() {
	pages.lo = (arenaStart() + pageSize - 1) &^ (pageSize - 1)
	pages.nextArena = minArena
	pages.arenas = arenaEnd() - pages.lo
	pages.rest = pages.lo + firstPiece
	addArena(pages.lo, pages.rest)
}

// addArena adds the memory between two addresses to the heap, whose pages need not be zero. Where the page map
// does not reach that far, a larger one takes its place at the arena's start.
func addArena(start, end uintptr) {
	start = (start + pageSize - 1) &^ (pageSize - 1)
	end &^= pageSize - 1
	n := (end - pages.lo) >> pageShift
	if n > pages.npages {
		// Twice as many as needed, so that maps are copied a logarithmic number of times; but a short call needs the
		// first arena alone.
		old := pages.owners
		used := pages.npages
		bytes := n << 2
		if used != 0 {
			bytes <<= 1
		}
		bytes = (bytes + pageSize - 1) &^ (pageSize - 1)
		memmove(unsafe.Pointer(start), unsafe.Pointer(old), used<<2)
		pages.owners = start
		pages.npages = bytes >> 2
		setOwner(pages.lo+used<<pageShift, pages.npages-used, pageOther)
		start += bytes
		if used != 0 {
			freePages(old, used<<2>>pageShift)
		}
	}
	freePages(start, (end-start)>>pageShift)
}

// setOwner writes the map's entries for n pages.
func setOwner(addr, n, owner uintptr) {
	at := pages.owners + (addr-pages.lo)>>pageShift<<2
	for end := at + n<<2; at < end; at += 4 {
		store32(at, owner)
	}
}

// freePages makes pages free and puts them at the head of the free list.
func freePages(addr, n uintptr) {
	setOwner(addr, n, pageFree)
	pushRun(addr, n)
	pages.loose = true
}

func pushRun(addr, n uintptr) {
	r := (*pageRun)(unsafe.Pointer(addr))
	r.next = pages.free
	r.npages = n
	pages.free = addr
}

// allocPages returns the address of n pages in a row, not zeroed, first fit from the front of a run, and enters their
// owner into the map. It asks the host for an arena where no run is long enough, and returns 0 if the host has none.
func allocPages(n, owner uintptr) uintptr {
	for {
		prev := uintptr(0)
		for addr := pages.free; addr != 0; {
			r := (*pageRun)(unsafe.Pointer(addr))
			if r.npages >= n {
				next := r.next
				if left := r.npages - n; left != 0 {
					rest := addr + n<<pageShift
					r = (*pageRun)(unsafe.Pointer(rest))
					r.next = next
					r.npages = left
					next = rest
				}
				if prev == 0 {
					pages.free = next
				} else {
					(*pageRun)(unsafe.Pointer(prev)).next = next
				}
				setOwner(addr, n, owner)
				return addr
			}
			prev = addr
			addr = r.next
		}
		if !growHeap(n) {
			return 0
		}
	}
}

// joinFree builds the free list anew: one run for each stretch of free pages. It walks down, so that the list goes
// up. Where nothing has become free since the last time, the list is as it would be: taking pages from the front of runs
// keeps its order.
func joinFree() {
	if !pages.loose {
		return
	}
	pages.loose = false
	pages.free = 0
	n := uintptr(0)
	for i := pages.npages; i > 0; i-- {
		if load32(pages.owners+(i-1)<<2) == pageFree {
			n++
		} else if n != 0 {
			pushRun(pages.lo+i<<pageShift, n)
			n = 0
		}
	}
	if n != 0 {
		pushRun(pages.lo, n)
	}
}

// growHeap takes the rest of the first arena, or asks the host for an arena in which n pages fit beside a new page map.
// It reports whether there is one.
func growHeap(n uintptr) bool {
	if rest := pages.rest; rest != 0 {
		pages.rest = 0
		addArena(rest, arenaEnd())
		return true
	}
	size := pages.nextArena
	// Two pages for alignment and the map's rounding, and a map for as much memory as there is behind the last one.
	need := (n + 2) << pageShift
	need += need>>(pageShift-3) + pages.npages<<3
	for size < need {
		if size <<= 1; size == 0 {
			return false
		}
	}
	start := sysAlloc(size)
	for start == 0 {
		// What is left may do for the request alone.
		if size >>= 1; size < need {
			return false
		}
		start = sysAlloc(size)
	}
	for {
		// The host may have given away so much memory below the arena that the map is larger than that. Then the
		// arena stays unused: a larger one has room.
		entries := (start + size - pages.lo) >> pageShift
		if entries <= pages.npages || entries<<3+(n+2)<<pageShift <= size {
			break
		}
		if size <<= 1; size == 0 {
			return false
		}
		if start = sysAlloc(size); start == 0 {
			return false
		}
	}
	if pages.nextArena < maxArena {
		pages.nextArena <<= 1
	}
	pages.arenas += size
	addArena(start, start+size)
	return true
}
