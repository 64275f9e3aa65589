// What pointers that become integers among the operands of a call refer to stays alive during it where the function's
// directive says so: in plain calls, methods, variadic ones, go and defer statements.
package main

import (
	"runtime"
	"unsafe"
)

type object struct{ words [16]int }

func made() (unsafe.Pointer, *bool) {
	o := new(object)
	gone := new(bool)
	runtime.SetFinalizer(o, func(*object) { *gone = true })
	return unsafe.Pointer(o), gone
}

func collect() {
	for range 3 {
		runtime.GC()
		runtime.Gosched()
	}
}

var done = make(chan bool, 1)

//go:noinline
//go:uintptrescapes
func plain(what string, p uintptr, gone *bool) {
	collect()
	println(what, *gone, p != 0)
	done <- true
}

type T struct{}

//go:noinline
//go:uintptrescapes
func (T) variadic(gone *bool, ps ...uintptr) {
	collect()
	println("variadic", *gone, len(ps))
	done <- true
}

func main() {
	p, gone := made()
	plain("call", uintptr(p), gone)
	<-done
	p, gone = made()
	T{}.variadic(gone, uintptr(p), uintptr(p))
	<-done
	p, gone = made()
	go plain("go", uintptr(p), gone)
	p = nil
	<-done
	func() {
		p, gone := made()
		defer plain("defer", uintptr(p), gone)
	}()
	<-done
}
