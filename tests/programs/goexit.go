// Goexit runs deferred calls and ends its goroutine alone; nobody can recover it; panics in its deferred calls can be
// recovered, and then it goes on.
package main

import "runtime"

func leave() int {
	defer println("leave")
	runtime.Goexit()
	return 1
}

func main() {
	done := make(chan string)
	go func() {
		defer func() { done <- "first" }()
		defer func() { println("recover", recover() == nil) }()
		println(leave())
	}()
	println(<-done)
	go func() {
		defer func() { done <- "second" }()
		defer func() { println("inner", recover().(string)) }()
		defer func() { panic("in Goexit") }()
		leave()
		println("not here")
	}()
	println(<-done)
	go func() {
		defer func() {
			defer func() {
				println("outer", recover() == nil)
				done <- "third"
			}()
			runtime.Goexit()
		}()
		panic("lost")
	}()
	println(<-done)
}
