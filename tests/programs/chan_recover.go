// The panics of channels are run-time errors that can be recovered, also by a sender that waits when the channel is
// closed.
package main

import "runtime"

func try(f func()) {
	defer func() {
		e := recover()
		_, ok := e.(runtime.Error)
		println(ok, e.(error).Error())
	}()
	f()
}

func main() {
	var none chan int
	c := make(chan int, 1)
	close(c)
	try(func() { c <- 1 })
	try(func() { close(c) })
	try(func() { close(none) })
	n := -1
	try(func() { c = make(chan int, n) })
	try(func() {
		select {
		case c <- 1:
		default:
		}
	})
	d, done := make(chan int), make(chan bool)
	for i := range 2 {
		go func() {
			try(func() {
				if i == 0 {
					d <- 1
					return
				}
				select {
				case d <- 2:
				case <-none:
				}
			})
			done <- true
		}()
	}
	runtime.Gosched()
	close(d)
	<-done
	<-done
}
