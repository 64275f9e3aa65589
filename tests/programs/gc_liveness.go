// Values that are no longer needed keep nothing alive, although the function that held them still runs: locals, arguments,
// elements of channels on their way, what was stored before a panic. Values that are needed are kept.
package main

import (
	"runtime"
	"time"
)

type object struct {
	self *object
	pad  [6]int
}

func newObject(name string) (*object, chan bool) {
	done := make(chan bool)
	o := &object{pad: [6]int{1, 2, 3}}
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
		case <-time.After(time.Millisecond):
		}
	}
	return false
}

//go:noinline
func local() {
	o, done := newObject("local")
	println("local before", gone(done))
	println(o.pad[1])
	println("local after", gone(done))
}

//go:noinline
func argument(o *object, done chan bool) {
	println("argument before", gone(done))
	println(o.pad[2])
	println("argument after", gone(done))
}

//go:noinline
func loop() {
	var last *object
	for i := range 3 {
		o, done := newObject("loop")
		if i == 1 {
			last = o
		}
		println("loop", i, o.pad[0])
		println("gone", gone(done))
	}
	println(last.pad[1])
}

//go:noinline
func channel() {
	o, done := newObject("channel")
	c := make(chan *object, 1)
	c <- o
	o = nil
	println("sent", gone(done))
	o = <-c
	println("received", gone(done))
	println(o.pad[0])
	println("dropped", gone(done))
	println(len(c))
}

//go:noinline
func panics(o *object, done chan bool) {
	println(o.pad[0])
	defer func() {
		println("panicking", recover() != nil, gone(done))
	}()
	var nothing *object
	println(nothing.pad[0])
}

func pair() (*object, *object, chan bool, chan bool) {
	a, doneA := newObject("a")
	b, doneB := newObject("b")
	return a, b, doneA, doneB
}

func main() {
	local()
	argument(newObject("argument"))
	loop()
	channel()
	panics(newObject("panics"))
	a, b, doneA, doneB := pair()
	println("pair", gone(doneA), gone(doneB))
	println(b.pad[0])
	println("pair", gone(doneB))
	println(a.pad[0])
	println("pair", gone(doneA))
}
