// runtime.MemProfile: which calls allocated what, and how much of it is in use.
package main

import (
	"fmt"
	"runtime"
)

type thing struct {
	next *thing
	pad  [100]byte
}

var keep *thing
var big []byte

//go:noinline
func makeThings(n int) {
	for range n {
		keep = &thing{next: keep}
	}
}

//go:noinline
func makeGarbage(n int) {
	for range n {
		big = make([]byte, 5000)
	}
}

func main() {
	runtime.MemProfileRate = 1
	makeThings(100)
	makeGarbage(50)
	runtime.GC()
	p := make([]runtime.MemProfileRecord, 1000)
	n, ok := runtime.MemProfile(p, true)
	fmt.Println(ok)
	for _, r := range p[:n] {
		fr := runtime.CallersFrames(r.Stack())
		for {
			f, more := fr.Next()
			if f.Function == "main.makeThings" || f.Function == "main.makeGarbage" {
				fmt.Println(f.Function, f.Line, r.AllocObjects, r.InUseObjects(), r.AllocBytes/r.AllocObjects >= 104)
			}
			if !more {
				break
			}
		}
	}
}
