// What runtime.Callers says of deferred calls, panics, indices that stand on lines of their own,
// and the ends of stacks; and of methods of values that are called through nil pointers.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

// stack prints the functions and lines of the program's own calls, and the last functions of the runtime.
func stack(what string) {
	fmt.Print(what, ":")
	var pcs [30]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		frame, more := frames.Next()
		switch {
		case strings.HasPrefix(frame.Function, "main."):
			fmt.Print(" ", frame.Function, ":", frame.Line)
		case frame.Function == "runtime.main" || frame.Function == "runtime.goexit" || frame.Function == "runtime.gopanic":
			fmt.Print(" ", frame.Function)
		}
		if !more {
			break
		}
	}
	fmt.Println()
}

//go:noinline
func deferred(fail bool) {
	defer func() {
		stack("deferred")
		recover()
	}()
	if fail {
		panic("fail")
	}
	stack("direct")
}

//go:noinline
func index(a []int, i int) {
	defer func() {
		recover()
		stack("index")
	}()
	a[0] = a[1] +
		a[i]
	a[i-1] = 1
}

type value int

func (v value) Get() int { return int(v) }

type getter interface{ Get() int }

func wrapped(g getter) {
	defer func() { fmt.Println(recover()) }()
	fmt.Println(g.Get())
}

func main() {
	deferred(false)
	deferred(true)
	index(make([]int, 5), 5)
	index(make([]int, 5), 6)
	wrapped(value(3))
	wrapped((*value)(nil))
	done := make(chan bool)
	go func() {
		stack("goroutine")
		done <- true
	}()
	<-done
}
