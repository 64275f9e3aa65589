// What packages runtime/metrics, runtime and runtime/debug say of memory and of collections.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

var keep [][]byte

func main() {
	for i := range 100 {
		keep = append(keep, make([]byte, i*100))
	}
	debug.SetGCPercent(200)
	runtime.GC()
	all := metrics.All()
	s := make([]metrics.Sample, len(all)+1)
	for i := range all {
		s[i].Name = all[i].Name
	}
	s[len(all)].Name = "/no/such:thing"
	metrics.Read(s)
	for i := range s {
		if i < len(all) && s[i].Value.Kind() != all[i].Kind {
			fmt.Println("bad kind", s[i].Name)
		}
	}
	get := func(name string) uint64 {
		s := []metrics.Sample{{Name: name}}
		metrics.Read(s)
		return s[0].Value.Uint64()
	}
	fmt.Println(s[len(all)].Value.Kind() == metrics.KindBad, get("/gc/gogc:percent"), get("/gc/gomemlimit:bytes"), get("/sched/gomaxprocs:threads") > 0)
	fmt.Println(get("/gc/cycles/forced:gc-cycles"), get("/gc/heap/live:bytes") > 400000)
	by := []metrics.Sample{{Name: "/gc/heap/allocs-by-size:bytes"}, {Name: "/gc/heap/allocs:objects"}, {Name: "/gc/heap/frees-by-size:bytes"}, {Name: "/gc/heap/frees:objects"}}
	metrics.Read(by)
	for i := 0; i < 4; i += 2 {
		h := by[i].Value.Float64Histogram()
		sum := uint64(0)
		for _, n := range h.Counts {
			sum += n
		}
		fmt.Println(sum == by[i+1].Value.Uint64(), len(h.Buckets)-len(h.Counts))
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before := m
	x := make([][]int, 50)
	for i := range x {
		x[i] = make([]int, 3000)
	}
	runtime.ReadMemStats(&m)
	fmt.Println(m.Mallocs-before.Mallocs >= 50, m.HeapAlloc-before.HeapAlloc >= 600000)
	x = nil
	runtime.GC()
	runtime.ReadMemStats(&m)
	fmt.Println(m.Frees-before.Frees >= 50, m.NumForcedGC, m.NumGC >= 2, m.LastGC > uint64(time.Now().Add(-time.Hour).UnixNano()), m.PauseTotalNs > 0)
	var st debug.GCStats
	debug.ReadGCStats(&st)
	fmt.Println(st.NumGC >= int64(m.NumGC), len(st.Pause) == int(min(st.NumGC, 256)), st.LastGC.UnixNano() >= int64(m.LastGC), uint64(st.PauseTotal) >= m.PauseTotalNs)
	_, _ = keep, x
}
