package runtime

import (
	"internal/runtime/sys"
	"unsafe"
)

// The profile of memory: which calls allocated how many objects, by a sample of them. Of n bytes allocated one is chosen
// every MemProfileRate on average, at intervals that are exponentially distributed, so that an object of n bytes is in the
// sample with probability 1-exp(-n/MemProfileRate). What is noted of the sample lies outside of the heap.
//
// A program that does not reach MemProfile has none of this.

// MemProfileRate is the number of bytes between samples of allocations. It is 0 in programs that never ask for the
// profile.
var MemProfileRate = defaultMemProfileRate()

//go:ifreached MemProfile pprof_memProfileInternal
func defaultMemProfileRate() int { return 512 << 10 }

// A memBucket counts the sampled objects of one size that one call stack allocated.
type memBucket struct {
	next   uintptr // *memBucket: in the chain of its hash
	all    uintptr // *memBucket: in the list of all
	size   uintptr // bytes of an object
	allocs uint64
	frees  uint64
	n      int
	stack  [len(MemProfileRecord{}.Stack0)]uintptr
}

// A memSample is a sampled object that is alive.
type memSample struct {
	next   uintptr // *memSample
	object uintptr
	bucket uintptr // *memBucket
}

var memProfile struct {
	rate    int   // the MemProfileRate that left is for
	left    int64 // bytes until the next sample
	chains  [256]uintptr
	all     uintptr // *memBucket: all of them
	samples uintptr // *memSample: of objects that are alive
	unused  uintptr // *memSample: of objects that were freed
	free    uintptr // memory for more of both
	end     uintptr
	stack   [len(MemProfileRecord{}.Stack0)]uintptr
}

// profileAlloc notes that an object of n bytes has been allocated.
//
//go:ifreached MemProfile pprof_memProfileInternal
func profileAlloc(p unsafe.Pointer, n uintptr) {
	m := &memProfile
	if m.rate != MemProfileRate {
		m.rate = MemProfileRate
		m.left = sampleInterval(m.rate)
	}
	if m.rate <= 0 {
		return
	}
	m.left -= int64(n)
	if m.left > 0 {
		return
	}
	m.left = sampleInterval(m.rate)
	profileSample(p, n)
}

// sampleInterval returns the bytes until the next sample.
func sampleInterval(rate int) int64 {
	if rate <= 1 {
		return 0
	}
	const bits = 26
	return int64(-ln(float64(1+rand()>>(64-bits))/(1<<bits)) * float64(rate))
}

// ln returns the natural logarithm of a number in (0, 1], to about six digits.
func ln(x float64) float64 {
	const ln2 = 0.6931471805599453
	sum := 0.0
	for x < 0.5 {
		x *= 2
		sum -= ln2
	}
	// The series of the inverse hyperbolic tangent.
	z := (x - 1) / (x + 1)
	z2 := z * z
	return sum + 2*z*(1+z2*(1.0/3+z2*(1.0/5+z2*(1.0/7+z2*(1.0/9+z2/11)))))
}

// profileSample takes an object into the sample.
//
//go:noinline
func profileSample(p unsafe.Pointer, n uintptr) {
	m := &memProfile
	// Without itself, profileAlloc and mallocgc.
	depth := tracePCs(shadowSP(), stackTop(), 3, unsafe.Pointer(&m.stack), len(m.stack))
	b := memBucketFor(n, depth)
	if b == nil {
		return
	}
	at := m.unused
	if at != 0 {
		m.unused = (*memSample)(unsafe.Pointer(at)).next
	} else {
		at = profileMemory(unsafe.Sizeof(memSample{}))
		if at == 0 {
			return
		}
	}
	b.allocs++
	s := (*memSample)(unsafe.Pointer(at))
	s.object = uintptr(p)
	s.bucket = uintptr(unsafe.Pointer(b))
	s.next = m.samples
	m.samples = at
}

// memBucketFor finds or makes the bucket of objects of n bytes for the stack that has been noted; nil where there is no
// memory for one.
func memBucketFor(n uintptr, depth int) *memBucket {
	m := &memProfile
	h := uint32(n)
	for _, pc := range m.stack[:depth] {
		h = (sys.Bswap32(h) + uint32(pc)) * 0x9e3779b1
	}
	chain := &m.chains[h>>24]
	for at := *chain; at != 0; {
		b := (*memBucket)(unsafe.Pointer(at))
		if b.size == n && b.n == depth && sameStack(&b.stack, &m.stack, depth) {
			return b
		}
		at = b.next
	}
	at := profileMemory(unsafe.Sizeof(memBucket{}))
	if at == 0 {
		return nil
	}
	b := (*memBucket)(unsafe.Pointer(at))
	b.size = n
	b.n = depth
	for i := range depth {
		b.stack[i] = m.stack[i]
	}
	b.next, *chain = *chain, at
	b.all, m.all = m.all, at
	return b
}

func sameStack(x, y *[len(MemProfileRecord{}.Stack0)]uintptr, n int) bool {
	for i := range n {
		if x[i] != y[i] {
			return false
		}
	}
	return true
}

// profileMemory returns zeroed memory outside of the heap, 0 where there is none.
func profileMemory(n uintptr) uintptr {
	const chunk = 32
	m := &memProfile
	n = (n + 7) &^ 7
	if m.end-m.free < n {
		m.free = allocPages(chunk, pageOther)
		if m.free == 0 {
			m.end = 0
			return 0
		}
		m.end = m.free + chunk<<pageShift
		memclrNoHeapPointers(unsafe.Pointer(m.free), chunk<<pageShift)
	}
	at := m.free
	m.free += n
	return at
}

// profileFrees is the collector's part: it counts the sampled objects that have not been reached.
//
//go:ifreached MemProfile pprof_memProfileInternal
func profileFrees() {
	m := &memProfile
	kept := uintptr(0)
	for at := m.samples; at != 0; {
		s := (*memSample)(unsafe.Pointer(at))
		next := s.next
		if isMarked(s.object) {
			s.next, kept = kept, at
		} else {
			(*memBucket)(unsafe.Pointer(s.bucket)).frees++
			s.next, m.unused = m.unused, at
		}
		at = next
	}
	m.samples = kept
}

// profiled returns the next bucket that a profile shows behind another one, the first one behind nil. With all those
// count too of which nothing is in use.
func (b *memBucket) profiled(all bool) *memBucket {
	at := memProfile.all
	if b != nil {
		at = b.all
	}
	for at != 0 {
		next := (*memBucket)(unsafe.Pointer(at))
		if all || next.allocs != next.frees {
			return next
		}
		at = next.all
	}
	return nil
}

// memProfileLen returns the number of records in the profile.
func memProfileLen(all bool) (n int) {
	var b *memBucket
	for b = b.profiled(all); b != nil; b = b.profiled(all) {
		n++
	}
	return n
}

// readMemProfile is MemProfile for any kind of record: put stores the one with a number, if there is room for all.
func readMemProfile(room int, inuseZero bool, put func(i int, r profMem)) (n int, ok bool) {
	n = memProfileLen(inuseZero)
	if n > room {
		return n, false
	}
	var b *memBucket
	for i := range n {
		b = b.profiled(inuseZero)
		put(i, profMem{
			allocBytes:   int64(b.allocs) * int64(b.size),
			freeBytes:    int64(b.frees) * int64(b.size),
			allocObjects: int64(b.allocs),
			freeObjects:  int64(b.frees),
			stack:        b.stack[:b.n],
		})
	}
	return n, true
}

// MemProfile returns the number of records in the profile of memory, and fills them in if there is room. With inuseZero
// there are also records of which nothing is in use.
func MemProfile(p []MemProfileRecord, inuseZero bool) (n int, ok bool) {
	return readMemProfile(len(p), inuseZero, func(i int, r profMem) {
		p[i] = MemProfileRecord{
			AllocBytes:   r.allocBytes,
			FreeBytes:    r.freeBytes,
			AllocObjects: r.allocObjects,
			FreeObjects:  r.freeObjects,
		}
		copy(p[i].Stack0[:], r.stack)
	})
}

func pprof_memProfileInternal(p []profMem, inuseZero bool) (n int, ok bool) {
	return readMemProfile(len(p), inuseZero, func(i int, r profMem) { p[i] = r })
}
