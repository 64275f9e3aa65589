// runtime.Caller, Callers and FuncForPC, through inlined functions, methods and deferred calls.
package main

import "runtime"

type T[P any] struct{ x P }

func (t *T[P]) m(n int) int {
	if n == 0 {
		var s []int
		return s[n]
	}
	return t.m(n-1) + 1
}

func small(x int) int { return where(x) + 1 }

func where(skip int) int {
	pc, _, line, ok := runtime.Caller(skip)
	println(runtime.FuncForPC(pc).Name(), line, ok)
	return line
}

func show() {
	pcs := make([]uintptr, 20)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	for {
		f, more := frames.Next()
		if len(f.Function) > 5 && f.Function[:5] == "main." {
			println(f.Function, f.Line)
		}
		if !more {
			return
		}
	}
}

func main() {
	println(small(0), small(1), small(2))
	func() { show() }()
	defer func() {
		show()
		println(recover() != nil)
	}()
	t := &T[string]{}
	println(t.m(2))
}
