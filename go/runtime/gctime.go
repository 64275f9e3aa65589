package runtime

import (
	"internal/runtime/sys"
	_ "unsafe" // for go:linkname
)

// When collections ran and how long they took, for programs that ask.

// pauseBuckets is the number of buckets of pauses: the first is for less than minPause nanoseconds, each other one for
// twice as much as the one before, and the last for all that is longer.
const (
	pauseBuckets = 32
	minPause     = 64
)

var pauses struct {
	start   int64
	total   uint64
	ns      [256]uint64 // of the latest collections, a ring
	end     [256]uint64 // in nanoseconds since 1970
	buckets [pauseBuckets]uint64
}

// pauseBegin notes that a collection begins.
//
//go:ifreached ReadMemStats readGCStats readMetrics
func pauseBegin() { pauses.start = nanotime() }

// pauseEnd notes that the collection has ended, which has been counted.
//
//go:ifreached ReadMemStats readGCStats readMetrics
func pauseEnd() {
	ns := uint64(nanotime() - pauses.start)
	sec, nsec := walltime()
	i := (gc.count - 1) % uint32(len(pauses.ns))
	pauses.ns[i] = ns
	pauses.end[i] = uint64(sec)*1e9 + uint64(nsec)
	pauses.total += ns
	pauses.buckets[min(sys.Len64(ns/minPause), pauseBuckets-1)]++
}

// lastGC returns when the last collection ended, in nanoseconds since 1970; 0 if there was none.
func lastGC() uint64 {
	if gc.count == 0 {
		return 0
	}
	return pauses.end[(gc.count-1)%uint32(len(pauses.end))]
}

// readGCStats fills in the pauses of the latest collections, newest first, and when they ended; the time of the last
// collection, the number of collections and the nanoseconds that they took.
//
//go:linkname readGCStats runtime/debug.readGCStats
func readGCStats(list *[]uint64) {
	p := *list
	n := min(gc.count, uint32(len(pauses.ns)))
	if cap(p) < 2*len(pauses.ns)+3 {
		throw("short slice passed to readGCStats")
	}
	p = p[:2*n+3]
	for i := range n {
		at := (gc.count - 1 - i) % uint32(len(pauses.ns))
		p[i] = pauses.ns[at]
		p[n+i] = pauses.end[at]
	}
	p[2*n], p[2*n+1], p[2*n+2] = lastGC(), uint64(gc.count), pauses.total
	*list = p
}
