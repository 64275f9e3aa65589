// The line that a panic in a select statement has: that of the statement, or of its only communication.
package main

import "runtime"

func where(f func()) {
	defer func() {
		recover()
		pc := make([]uintptr, 20)
		fr := runtime.CallersFrames(pc[:runtime.Callers(0, pc)])
		for {
			f, more := fr.Next()
			if f.Function[:9] == "main.main" {
				println(f.Function, f.Line)
				break
			}
			if !more {
				break
			}
		}
	}()
	f()
}

func main() {
	c, d := make(chan int), make(chan int)
	close(c)
	where(func() {
		select {
		case <-d:
		case c <- 1:
		}
	})
	where(func() {
		select {

		case c <- 1:
		}
	})
	where(func() {
		select {

		case c <- 1:
		default:
		}
	})
	where(func() {
		select {
		case <-d:
		case c <- 1:
		default:
		}
	})
}
