package runtime

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

// ReadMemStats fills m with what is known of the heap: the pages in use and the number of collections.
func ReadMemStats(m *MemStats) {
	*m = MemStats{EnableGC: true}
	m.HeapInuse = uint64(pages.inUse) << pageShift
	m.HeapAlloc = m.HeapInuse
	m.Alloc = m.HeapInuse
	m.TotalAlloc = m.HeapInuse
	m.HeapSys = m.HeapInuse
	m.Sys = uint64(uint32(memorySize())) << 16
	m.NextGC = uint64(heap.nextGC) << pageShift
	m.NumGC = gc.count
}
