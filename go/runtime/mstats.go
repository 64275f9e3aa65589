package runtime

import "unsafe"

// A MemStats records statistics about the memory allocator.
type MemStats struct {
	Alloc         uint64 // bytes of allocated heap objects, as HeapAlloc
	TotalAlloc    uint64 // bytes allocated for heap objects so far, freed ones included
	Sys           uint64 // bytes obtained from the host
	Lookups       uint64 // always 0
	Mallocs       uint64 // heap objects allocated so far
	Frees         uint64 // heap objects freed so far
	HeapAlloc     uint64 // bytes of allocated heap objects
	HeapSys       uint64 // bytes of the heap
	HeapIdle      uint64 // bytes in unused spans
	HeapInuse     uint64 // bytes in spans in use
	HeapReleased  uint64 // bytes given back to the host
	HeapObjects   uint64 // number of allocated objects
	StackInuse    uint64 // bytes of stacks in use
	StackSys      uint64 // bytes obtained for stacks
	MSpanInuse    uint64
	MSpanSys      uint64
	MCacheInuse   uint64
	MCacheSys     uint64
	BuckHashSys   uint64
	GCSys         uint64
	OtherSys      uint64
	NextGC        uint64      // heap size at which the next collection starts
	LastGC        uint64      // when the last one ended, in nanoseconds since 1970
	PauseTotalNs  uint64      // nanoseconds that the program stood still
	PauseNs       [256]uint64 // those of recent collections, a ring
	PauseEnd      [256]uint64 // when recent collections ended, a ring
	NumGC         uint32      // number of collections
	NumForcedGC   uint32      // number of those that the program asked for
	GCCPUFraction float64     // share of the time that collections took
	EnableGC      bool        // true
	DebugGC       bool        // false

	// BySize reports allocations by size class.
	BySize [61]struct {
		Size    uint32 // the largest object of the class, in bytes
		Mallocs uint64
		Frees   uint64
	}
}

// ReadMemStats fills m. An object counts as allocated until a collection has found it dead.
func ReadMemStats(m *MemStats) {
	*m = MemStats{EnableGC: true}
	m.Mallocs, m.TotalAlloc = allocated()
	m.HeapObjects, m.HeapAlloc = allocatedFirst()
	spans := uint64(0)
	for at := heap.all; at != 0; {
		s := (*span)(unsafe.Pointer(at))
		n := uint64(s.live())
		m.HeapObjects += n
		m.HeapAlloc += n * uint64(s.elem)
		if s.elem <= maxSmall {
			m.BySize[sizeClass(s.elem)].Frees -= n
		}
		spans++
		at = s.all
	}
	for i := range heap.classes {
		if c := &heap.classes[i]; c.elem != 0 {
			size := &m.BySize[i>>1]
			size.Size = uint32(c.elem)
			size.Mallocs += c.count
			size.Frees += c.count
		}
	}
	m.Frees = m.Mallocs - m.HeapObjects
	m.Alloc = m.HeapAlloc
	m.HeapInuse = uint64(pages.inUse) << pageShift
	m.MSpanInuse = spans * uint64(unsafe.Sizeof(span{}))
	m.MSpanSys = m.MSpanInuse
	stacks := uint64(0)
	for gp := sched.allfirst; gp != nil; gp = gp.allnext {
		stacks += uint64(gp.size)
	}
	// The arenas hold spans, their records and the stacks of goroutines.
	m.HeapSys = uint64(pages.arenas) - min(uint64(pages.arenas)-m.HeapInuse, m.MSpanSys+stacks)
	m.HeapIdle = m.HeapSys - m.HeapInuse
	m.StackInuse = uint64(stackHi()-stackLo()) + stacks
	m.StackSys = m.StackInuse
	m.Sys = uint64(uint32(memorySize())) << 16
	m.NextGC = uint64(heap.nextGC) << pageShift
	// The static data, and what the heap needs beside spans.
	m.OtherSys = m.Sys - min(m.Sys, m.HeapSys+m.StackSys+m.MSpanSys)
	m.NumGC = gc.count
	m.NumForcedGC = gc.forced
	m.LastGC = lastGC()
	m.PauseTotalNs = pauses.total
	m.PauseNs, m.PauseEnd = pauses.ns, pauses.end
}

// live returns how many objects of a span are allocated.
func (s *span) live() uintptr {
	if s.elem > maxSmall {
		return 1
	}
	// All slots below the next hole are taken, but for what is left of the current one.
	n := s.hole
	if c := &heap.classes[sizeClass(s.elem)<<1|s.scan]; c.span == uintptr(unsafe.Pointer(s)) {
		n -= (c.limit - c.free) / s.elem
	}
	for i := s.hole; i < s.nelems; i++ {
		n += uintptr(s.marks[i>>5] >> (i & 31) & 1)
	}
	return n
}
