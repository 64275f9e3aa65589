// Finalizers, cleanups and weak pointers (packages runtime and weak). What runs is asked for by runtime.GC, and
// waited for by yielding.
package main

import (
	"runtime"
	"weak"
)

type node struct {
	name string
	next *node
	pad  [10]int
}

type res struct{ id int }

func (r *res) close() error { closed += r.id; return nil }

var (
	finished []string
	closed   int
	saved    *node
	cleaned  int
)

//go:noinline
func clear(n int) int {
	var a [200]int
	for i := range a {
		a[i] = n
	}
	return a[n%200]
}

func settle() {
	for range 5 {
		clear(7)
		runtime.GC()
		for range 5 {
			runtime.Gosched()
		}
	}
}

func wait(what string, done func() bool) {
	for range 100 {
		if done() {
			println(what, "done")
			return
		}
		settle()
	}
	println(what, "never")
}

//go:noinline
func chain() {
	b := &node{name: "b"}
	a := &node{name: "a", next: b}
	for _, n := range []*node{a, b} {
		runtime.SetFinalizer(n, func(n *node) {
			if n.next != nil {
				finished = append(finished, n.name+">"+n.next.name)
			} else {
				finished = append(finished, n.name)
			}
		})
	}
}

//go:noinline
func resurrect() {
	n := &node{name: "lazarus"}
	runtime.SetFinalizer(n, func(n *node) { saved = n })
}

//go:noinline
func methods() {
	for i := range 5 {
		r := &res{1 << i}
		runtime.SetFinalizer(r, (*res).close)
		if i == 2 {
			runtime.SetFinalizer(r, nil)
		}
	}
}

//go:noinline
func cleanups() weak.Pointer[node] {
	n := &node{name: "clean"}
	runtime.AddCleanup(n, func(k int) { cleaned += k }, 1)
	runtime.AddCleanup(&n.pad[3], func(k int) { cleaned += k }, 10)
	runtime.AddCleanup(n, func(k int) { cleaned += k }, 100).Stop()
	return weak.Make(n)
}

//go:noinline
func weaks(keep *node) {
	w := weak.Make(keep)
	v := weak.Make(keep)
	println(w == v, w.Value() == keep, w.Value().name)
	u := weak.Make(&keep.pad[2])
	println(u.Value() == &keep.pad[2])
	var none weak.Pointer[node]
	println(none.Value() == nil, weak.Make[node](nil) == none)
	settle()
	println(w.Value() == keep, w == weak.Make(keep))
}

func main() {
	chain()
	wait("chain", func() bool { return len(finished) == 2 })
	println(finished[0], finished[1])
	resurrect()
	wait("resurrect", func() bool { return saved != nil })
	println(saved.name)
	methods()
	wait("methods", func() bool { return closed == 1+2+8+16 })
	w := cleanups()
	wait("cleanups", func() bool { return cleaned == 11 })
	println(w.Value() == nil)
	keep := &node{name: "kept"}
	weaks(keep)
	runtime.KeepAlive(keep)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	println(m.NumGC > 10, m.Mallocs > m.Frees, m.HeapAlloc <= m.TotalAlloc, m.HeapAlloc > 0, m.Sys >= m.HeapSys)
}
