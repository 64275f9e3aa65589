// Arrays and structs in the frame keep what they hold as long as something in the function leads to a use of them, and no
// longer: through slices, results of calls, pointers in other variables, closures and deferred calls too.
package main

import (
	"runtime"
	"strings"
)

type object struct {
	name string
	pad  [6]int
}

type pair struct{ a, b *object }

type holder struct {
	p    *pair
	next *holder
}

func newObject(name string) (*object, chan bool) {
	done := make(chan bool)
	o := &object{name: strings.Clone(name), pad: [6]int{1, 2, 3}}
	runtime.SetFinalizer(o, func(*object) { close(done) })
	return o, done
}

// gone reports whether an object is collected within some collections.
func gone(done chan bool) bool {
	for range 5 {
		runtime.GC()
		select {
		case <-done:
			return true
		default:
		}
	}
	return false
}

//go:noinline
func same(x []*object) ([]*object, []*object) { return x, x }

//go:noinline
func swap(p *pair) { p.a, p.b = p.b, p.a }

//go:noinline
func second(p *pair) **object { return &p.b }

//go:noinline
func hold(h *holder, p *pair) *holder {
	h.p = p
	return h
}

//go:noinline
func array() {
	var s [10]*object
	var done chan bool
	s[3], done = newObject("array")
	x, _ := same(s[:])
	println("array", gone(done))
	println(x[3].name)
	println("array", gone(done))
}

//go:noinline
func inner() {
	var p pair
	var done chan bool
	p.a, done = newObject("inner")
	swap(&p)
	q := second(&p)
	println("inner", gone(done))
	println((*q).name)
	println("inner", gone(done))
}

//go:noinline
func stored() {
	var p pair
	var h holder
	var a chan bool
	p.a, a = newObject("stored")
	g := hold(&h, &p)
	println("stored", gone(a))
	println(g.p.a.name, h.p.a.pad[1])
}

//go:noinline
func chained() {
	var p pair
	var a chan bool
	p.a, a = newObject("chained")
	h := &holder{&p, &holder{}}
	h.next.p = &pair{p.a, nil}
	h = &holder{nil, h}
	println("chained", gone(a))
	println(h.next.p.a.name, h.next.next.p.a.name)
}

//go:noinline
func closure() {
	var p pair
	var a chan bool
	p.a, a = newObject("closure")
	f := func() string { return p.a.name }
	println("closure", gone(a))
	p.b = p.a
	println(f())
}

//go:noinline
func deferred() {
	var p pair
	var a chan bool
	p.a, a = newObject("deferred")
	defer func() {
		recover()
		println(p.a.name)
	}()
	println("deferred", gone(a))
	var nothing *object
	println(nothing.name)
}

//go:noinline
func loop() {
	for i := range 3 {
		var p [2]*object
		var a chan bool
		p[i&1], a = newObject("loop")
		println("loop", i, gone(a))
		println(p[i&1].name)
	}
}

//go:noinline
func either(first bool) {
	var p, q pair
	var a, b chan bool
	p.a, a = newObject("p")
	q.a, b = newObject("q")
	r := &p
	if !first {
		r = &q
	}
	x := second(r)
	*x = r.a
	println((*x).name)
	println("either", gone(a), gone(b))
}

// waits is suspended while its variables hold the only references.
func waits(c chan int, out chan string) {
	var p pair
	var s [4]*object
	p.a, _ = newObject("waits")
	s[2], _ = newObject("too")
	x, y := same(s[:])
	q := second(&p)
	*q = p.a
	for n := range c {
		out <- p.a.name + (*q).name + x[n].name + y[2].name
	}
	out <- (*q).name
}

func suspended() {
	c, out := make(chan int), make(chan string)
	go waits(c, out)
	for range 3 {
		runtime.GC()
		c <- 2
		runtime.GC()
		println(<-out)
	}
	close(c)
	println(<-out)
}

func builder() {
	var b strings.Builder
	for i := range 20 {
		b.WriteString(strings.Repeat("x", i))
		runtime.GC()
	}
	println(b.Len(), b.String()[100:105])
}

func main() {
	array()
	inner()
	stored()
	chained()
	closure()
	deferred()
	loop()
	either(true)
	either(false)
	suspended()
	builder()
}
