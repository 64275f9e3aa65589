package runtime

import "unsafe"

// Metrics, for package runtime/metrics. There is one processor and nothing is measured but collections: what would be the
// time of other processors, of waiting for them, or memory given back to the host, is 0.

// A metricSample is a metrics.Sample, whose layout this is.
type metricSample struct {
	name    string
	kind    int
	scalar  uint64
	pointer unsafe.Pointer
}

// The kinds of metrics.
const (
	metricBad = iota
	metricUint64
	metricFloat64
	metricHistogram
)

// A histogram is a metrics.Float64Histogram.
type histogram struct {
	counts  []uint64
	buckets []float64
}

// A metricInput is what metrics are computed from.
type metricInput struct {
	MemStats
	runnable int // goroutines that wait to run
}

// A metric is computed by one of the functions; with none it is 0, or a histogram without counts.
type metric struct {
	name   string
	kind   int
	number func(in *metricInput) uint64
	counts func(in *metricInput) *histogram
}

var metricTable = [...]metric{
	{name: "/cgo/go-to-c-calls:calls", kind: metricUint64},
	{name: "/cpu/classes/gc/mark/assist:cpu-seconds", kind: metricFloat64},
	{name: "/cpu/classes/gc/mark/dedicated:cpu-seconds", kind: metricFloat64},
	{name: "/cpu/classes/gc/mark/idle:cpu-seconds", kind: metricFloat64},
	{"/cpu/classes/gc/pause:cpu-seconds", metricFloat64, pauseSeconds, nil},
	{"/cpu/classes/gc/total:cpu-seconds", metricFloat64, pauseSeconds, nil},
	{name: "/cpu/classes/idle:cpu-seconds", kind: metricFloat64},
	{name: "/cpu/classes/scavenge/assist:cpu-seconds", kind: metricFloat64},
	{name: "/cpu/classes/scavenge/background:cpu-seconds", kind: metricFloat64},
	{name: "/cpu/classes/scavenge/total:cpu-seconds", kind: metricFloat64},
	{"/cpu/classes/total:cpu-seconds", metricFloat64, pauseSeconds, nil},
	{name: "/cpu/classes/user:cpu-seconds", kind: metricFloat64},
	{"/gc/cleanups/executed:cleanups", metricUint64, func(*metricInput) uint64 { return specials.ran[specialCleanup] }, nil},
	{"/gc/cleanups/queued:cleanups", metricUint64, func(*metricInput) uint64 { return specials.queued[specialCleanup] }, nil},
	{"/gc/cycles/automatic:gc-cycles", metricUint64, func(in *metricInput) uint64 { return uint64(in.NumGC - in.NumForcedGC) }, nil},
	{"/gc/cycles/forced:gc-cycles", metricUint64, func(in *metricInput) uint64 { return uint64(in.NumForcedGC) }, nil},
	{"/gc/cycles/total:gc-cycles", metricUint64, func(in *metricInput) uint64 { return uint64(in.NumGC) }, nil},
	{"/gc/finalizers/executed:finalizers", metricUint64, func(*metricInput) uint64 { return specials.ran[specialFinalizer] }, nil},
	{"/gc/finalizers/queued:finalizers", metricUint64, func(*metricInput) uint64 { return specials.queued[specialFinalizer] }, nil},
	{"/gc/gogc:percent", metricUint64, func(*metricInput) uint64 { return uint64(settings.gcPercent) }, nil},
	{"/gc/gomemlimit:bytes", metricUint64, func(*metricInput) uint64 { return uint64(settings.memoryLimit) }, nil},
	{"/gc/heap/allocs-by-size:bytes", metricHistogram, nil, func(in *metricInput) *histogram { return bySize(in, false) }},
	{"/gc/heap/allocs:bytes", metricUint64, func(in *metricInput) uint64 { return in.TotalAlloc }, nil},
	{"/gc/heap/allocs:objects", metricUint64, func(in *metricInput) uint64 { return in.Mallocs }, nil},
	{"/gc/heap/frees-by-size:bytes", metricHistogram, nil, func(in *metricInput) *histogram { return bySize(in, true) }},
	{"/gc/heap/frees:bytes", metricUint64, func(in *metricInput) uint64 { return in.TotalAlloc - in.HeapAlloc }, nil},
	{"/gc/heap/frees:objects", metricUint64, func(in *metricInput) uint64 { return in.Frees }, nil},
	{"/gc/heap/goal:bytes", metricUint64, func(in *metricInput) uint64 { return in.NextGC }, nil},
	{"/gc/heap/live:bytes", metricUint64, func(*metricInput) uint64 { return uint64(gc.live) << pageShift }, nil},
	{"/gc/heap/objects:objects", metricUint64, func(in *metricInput) uint64 { return in.HeapObjects }, nil},
	{name: "/gc/heap/tiny/allocs:objects", kind: metricUint64},
	{name: "/gc/limiter/last-enabled:gc-cycle", kind: metricUint64},
	{"/gc/pauses:seconds", metricHistogram, nil, pauseHistogram},
	{"/gc/scan/globals:bytes", metricUint64, func(*metricInput) uint64 { return uint64(rootsLen()) << 2 }, nil},
	{"/gc/scan/heap:bytes", metricUint64, func(in *metricInput) uint64 { return in.HeapAlloc }, nil},
	{"/gc/scan/stack:bytes", metricUint64, func(in *metricInput) uint64 { return in.StackInuse }, nil},
	{"/gc/scan/total:bytes", metricUint64, func(in *metricInput) uint64 {
		return uint64(rootsLen())<<2 + in.HeapAlloc + in.StackInuse
	}, nil},
	{"/gc/stack/starting-size:bytes", metricUint64, func(*metricInput) uint64 { return minSeg }, nil},
	{"/memory/classes/heap/free:bytes", metricUint64, func(in *metricInput) uint64 { return in.HeapIdle }, nil},
	{"/memory/classes/heap/objects:bytes", metricUint64, func(in *metricInput) uint64 { return in.HeapAlloc }, nil},
	{name: "/memory/classes/heap/released:bytes", kind: metricUint64},
	{"/memory/classes/heap/stacks:bytes", metricUint64, func(in *metricInput) uint64 { return in.StackInuse }, nil},
	{"/memory/classes/heap/unused:bytes", metricUint64, func(in *metricInput) uint64 { return in.HeapInuse - in.HeapAlloc }, nil},
	{name: "/memory/classes/metadata/mcache/free:bytes", kind: metricUint64},
	{name: "/memory/classes/metadata/mcache/inuse:bytes", kind: metricUint64},
	{"/memory/classes/metadata/mspan/free:bytes", metricUint64, func(in *metricInput) uint64 { return in.MSpanSys - in.MSpanInuse }, nil},
	{"/memory/classes/metadata/mspan/inuse:bytes", metricUint64, func(in *metricInput) uint64 { return in.MSpanInuse }, nil},
	{"/memory/classes/metadata/other:bytes", metricUint64, func(in *metricInput) uint64 { return in.GCSys }, nil},
	{name: "/memory/classes/os-stacks:bytes", kind: metricUint64},
	{"/memory/classes/other:bytes", metricUint64, func(in *metricInput) uint64 { return in.OtherSys }, nil},
	{name: "/memory/classes/profiling/buckets:bytes", kind: metricUint64},
	{"/memory/classes/total:bytes", metricUint64, func(in *metricInput) uint64 { return in.Sys }, nil},
	{"/sched/gomaxprocs:threads", metricUint64, func(*metricInput) uint64 { return 1 }, nil},
	{"/sched/goroutines-created:goroutines", metricUint64, func(*metricInput) uint64 { return 1 + sched.lastid }, nil},
	{name: "/sched/goroutines/not-in-go:goroutines", kind: metricUint64},
	{"/sched/goroutines/runnable:goroutines", metricUint64, func(in *metricInput) uint64 { return uint64(in.runnable) }, nil},
	{"/sched/goroutines/running:goroutines", metricUint64, func(*metricInput) uint64 { return 1 }, nil},
	{"/sched/goroutines/waiting:goroutines", metricUint64, func(in *metricInput) uint64 {
		return uint64(NumGoroutine() - in.runnable - 1)
	}, nil},
	{"/sched/goroutines:goroutines", metricUint64, func(*metricInput) uint64 { return uint64(NumGoroutine()) }, nil},
	{"/sched/latencies:seconds", metricHistogram, nil, noPauses},
	{"/sched/pauses/stopping/gc:seconds", metricHistogram, nil, noPauses},
	{"/sched/pauses/stopping/other:seconds", metricHistogram, nil, noPauses},
	{"/sched/pauses/total/gc:seconds", metricHistogram, nil, pauseHistogram},
	{"/sched/pauses/total/other:seconds", metricHistogram, nil, noPauses},
	{"/sched/threads/total:threads", metricUint64, func(*metricInput) uint64 { return 1 }, nil},
	{name: "/sync/mutex/wait/total:seconds", kind: metricFloat64},
}

func pauseSeconds(*metricInput) uint64 { return float64bits(float64(pauses.total) / 1e9) }

func float64bits(f float64) uint64 { return *(*uint64)(unsafe.Pointer(&f)) }

// infinity returns a float64 that is larger than all others.
func infinity() float64 {
	bits := uint64(0x7ff << 52)
	return *(*float64)(unsafe.Pointer(&bits))
}

// noPauses returns a histogram of times without counts.
func noPauses(*metricInput) *histogram {
	h := &histogram{counts: make([]uint64, pauseBuckets), buckets: make([]float64, pauseBuckets+1)}
	for i := 1; i < pauseBuckets; i++ {
		h.buckets[i] = float64(uint64(minPause)<<(i-1)) / 1e9
	}
	h.buckets[pauseBuckets] = infinity()
	return h
}

func pauseHistogram(in *metricInput) *histogram {
	h := noPauses(in)
	copy(h.counts, pauses.buckets[:])
	return h
}

// bySize returns how many objects of each size have been allocated, or freed.
func bySize(in *metricInput, freed bool) *histogram {
	h := &histogram{counts: make([]uint64, numClasses), buckets: make([]float64, numClasses+1)}
	h.buckets[0] = 1
	small := uint64(0)
	for i := 1; i < numClasses; i++ {
		h.buckets[i] = float64(classSize(uintptr(i)) + 1)
		n := in.BySize[i].Mallocs
		if freed {
			n = in.BySize[i].Frees
		}
		h.counts[i-1] = n
		small += n
	}
	h.buckets[numClasses] = infinity()
	h.counts[numClasses-1] = in.Mallocs - small
	if freed {
		h.counts[numClasses-1] = in.Frees - small
	}
	return h
}

// readMetrics fills in samples by their names.
//
//go:linkname readMetrics runtime/metrics.runtime_readMetrics
func readMetrics(samples unsafe.Pointer, n, cap int) {
	in := new(metricInput)
	ReadMemStats(&in.MemStats)
	for gp := sched.first; gp != nil; gp = gp.next {
		in.runnable++
	}
	list := unsafe.Slice((*metricSample)(samples), n)
	for i := range list {
		list[i].read(in)
	}
}

func (s *metricSample) read(in *metricInput) {
	s.kind, s.scalar, s.pointer = metricBad, 0, nil
	for i := range metricTable {
		m := &metricTable[i]
		if m.name != s.name {
			continue
		}
		s.kind = m.kind
		if m.number != nil {
			s.scalar = m.number(in)
		}
		if m.counts != nil {
			s.pointer = unsafe.Pointer(m.counts(in))
		}
		return
	}
	for i := range godebugs_All {
		info := &godebugs_All[i]
		if !info.opaque && s.name == info.metric() {
			s.kind = metricUint64
			for i := range godebugMetrics {
				if godebugMetrics[i].name == s.name {
					s.scalar = godebugMetrics[i].read()
				}
			}
		}
	}
}

// readMetricNames returns the names of all metrics. The tests of package runtime/metrics ask.
//
//go:linkname readMetricNames runtime/metrics_test.runtime_readMetricNames
func readMetricNames() []string {
	var names []string
	for i := range metricTable {
		names = append(names, metricTable[i].name)
	}
	for i := range godebugs_All {
		if info := &godebugs_All[i]; !info.opaque {
			names = append(names, info.metric())
		}
	}
	return names
}

// A godebugInfo is a godebugs.Info: a setting, with whether it has no metric.
type godebugInfo struct {
	name, pkg string
	changed   int
	old       string
	opaque    bool
	immutable bool
}

// metric returns the name of the metric that counts the uses of other values than the default.
func (info *godebugInfo) metric() string {
	return "/godebug/non-default-behavior/" + info.name + ":events"
}

//go:linkname godebugs_All internal/godebugs.All
var godebugs_All []godebugInfo

// godebugMetrics has those of settings that have been used.
var godebugMetrics []godebugMetric

type godebugMetric struct {
	name string
	read func() uint64
}

//go:linkname godebug_registerMetric internal/godebug.registerMetric
//go:ifreached readMetrics
func godebug_registerMetric(name string, read func() uint64) {
	godebugMetrics = append(godebugMetrics, godebugMetric{name, read})
}
