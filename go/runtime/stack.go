package runtime

import "unsafe"

// Shadow stacks of goroutines (decision records 0002 and 0011). They consist of segments: a small first one, and
// larger ones that are linked when a frame does not fit and unlinked when it is popped.
//
// The main goroutine runs on the main stack, whose end is the end of everything: see morestackc.

// A segment lies in memory as a header, room for frames, which grow downwards from its top, and a link frame at the
// top if it is not the first one. A link frame looks like the frame of a suspended function: what goes on there is
// lessstack.
const (
	segSize = 0 // bytes of the segment
	segNext = 4 // the next one in a list of free ones
	segHead = 8

	linkDesc  = 0           // as in every frame: the descriptor
	linkOuter = 12          // the frame below
	linkLimit = 16          // the limit of the segment below
	linkSeg   = 20          // this segment
	linkSize  = 24          // bytes of a link frame
	minSeg    = 512         // bytes of the first segment
	maxSeg    = 64 << 10    // segments double in size up to this
	classSegs = 3           // sizes below a page: minSeg<<0, ...
	segPage   = minSeg << 3 // from here on segments are whole pages
)

// linkDescriptor is the descriptor of link frames. A size of 0 tells the collector that the next frame is elsewhere.
var linkDescriptor [2]uint32

var stackPool [classSegs]uintptr

// segalloc returns a segment of at least n bytes.
func segalloc(n uintptr) uintptr {
	size := uintptr(minSeg)
	class := 0
	for size < n {
		size <<= 1
		class++
	}
	if size >= segPage {
		if pages.lo == 0 {
			pagesInit()
		}
		seg := allocPages(size>>pageShift, pageOther)
		store32(seg+segSize, size)
		return seg
	}
	pool := uintptr(unsafe.Pointer(&stackPool)) + uintptr(class)<<2
	seg := load32(pool)
	if seg == 0 {
		if pages.lo == 0 {
			pagesInit()
		}
		seg = allocPages(segPage>>pageShift, pageOther)
		for at := seg + segPage - size; ; at -= size {
			store32(at+segSize, size)
			if at == seg {
				break
			}
			store32(at+segNext, load32(pool))
			store32(pool, at)
		}
		return seg
	}
	store32(pool, load32(seg+segNext))
	return seg
}

// segfree gives a segment back.
func segfree(seg uintptr) {
	size := load32(seg + segSize)
	if size >= segPage {
		freePages(seg, size>>pageShift)
		return
	}
	pool := uintptr(unsafe.Pointer(&stackPool))
	for size > minSeg {
		size >>= 1
		pool += 4
	}
	store32(seg+segNext, load32(pool))
	store32(pool, seg)
}

// stackalloc gives a goroutine its first segment.
func stackalloc(gp *g) {
	n := segHead + stackReserve() + minSeg/2
	seg := segalloc(n)
	gp.size = load32(seg + segSize)
	gp.base = seg + gp.size
	gp.limit = seg + segHead + stackReserve()
	gp.stack = seg
}

// stackfree takes the stack of a goroutine that has ended.
func stackfree(gp *g) {
	if gp.stack != 0 {
		segfree(gp.stack)
		gp.stack = 0
	}
}

// unlimitStack lets all that follows run on the reserve at the end of the stack.
//
//go:ifreached newproc newcoro
func unlimitStack() { setStackLimit(0) }

// morestack links a segment in which a frame of n bytes fits. The prologue of a function calls it, and then calls
// the function again. Functions that it reaches do not test the stack, but use the reserve at the end of each
// segment.
//
//go:noinline
//go:nocollect
//go:exitbarrier
//go:ifreached newproc newcoro
func morestack(n uintptr) {
	// Calls may be being left, which those made here are not.
	exit := exitReason()
	setExit(exitNone)
	gp := getg()
	if gp == &g0 {
		morestackc()
	}
	n += segHead + stackReserve() + linkSize
	if size := min(gp.size, maxSeg); n < size {
		n = size
	}
	seg := segalloc(n)
	size := load32(seg + segSize)
	gp.size += size
	if gp.size > stackHi()-stackLo() {
		morestackc()
	}
	link := seg + size - linkSize
	store32(link+linkDesc, uintptr(unsafe.Pointer(&linkDescriptor)))
	store32(link+frameResume, lessstackIndex())
	store32(link+linkOuter, shadowSP())
	store32(link+linkLimit, stackLimit())
	store32(link+linkSeg, seg)
	setShadowSP(link)
	setStackLimit(seg + segHead + stackReserve())
	setExit(exit)
}

// lessstack unlinks the newest segment when the function that it was linked for has returned. When that has been
// suspended it does nothing: the scheduler calls it later, when it comes to the link frame.
//
//go:noinline
//go:nocollect
//go:exitbarrier
//go:ifreached newproc newcoro
func lessstack() {
	exit := exitReason()
	if exit == exitSuspend {
		return
	}
	setExit(exitNone)
	link := shadowSP()
	seg := load32(link + linkSeg)
	setShadowSP(load32(link + linkOuter))
	setStackLimit(load32(link + linkLimit))
	getg().size -= load32(seg + segSize)
	segfree(seg)
	setExit(exit)
}
