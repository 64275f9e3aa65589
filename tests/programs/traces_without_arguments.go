// In a trace a function without parameters has empty parentheses, function literals and those with large results too.
package main

import (
	"runtime"
	"strings"
)

type large [20]int

// show prints the functions of the calls below it: those with parameters with an ellipsis in place of values.
//
//go:noinline
func show(what string) {
	buf := make([]byte, 1<<14)
	text := string(buf[:runtime.Stack(buf, false)])
	println(what)
	for _, line := range strings.Split(text, "\n")[3:] {
		name, args, found := strings.Cut(line, "(")
		if strings.HasPrefix(line, "\t") || !found {
			continue
		}
		if strings.HasPrefix(args, "*") {
			// The type of a method's receiver.
			receiver, rest, _ := strings.Cut(args, "(")
			name, args = name+"("+receiver, rest
		}
		if args != ")" {
			args = "...)"
		}
		println("\t" + name + "(" + args)
	}
}

//go:noinline
func call(f func()) { f() }

//go:noinline
func callOne(f func(int) int) int { return f(1) }

//go:noinline
func array() (r large) {
	show("array")
	r[3] = 4
	return r
}

//go:noinline
func arrayOf(n int) (r large) {
	show("arrayOf")
	r[n] = 4
	return r
}

type t struct{ n int }

//go:noinline
func (x *t) method() {
	show("method")
	x.n++
}

//go:noinline
func each(yield func() bool) {
	_ = yield() && yield()
}

func main() {
	n := 0
	call(func() {
		n++
		show("literal")
	})
	call(func() { show("without captures") })
	callOne(func(i int) int {
		n += i
		show("with a parameter")
		return n
	})
	n += array()[3] + arrayOf(2)[2]
	(&t{n}).method()
	func() {
		defer func() {
			recover()
			show("deferred")
		}()
		panic("here")
	}()
	once := true
	for range each {
		if once {
			show("body of a loop")
			once = false
		}
	}
	done := make(chan bool)
	go func() {
		show("goroutine")
		close(done)
	}()
	<-done
	println(n)
}
