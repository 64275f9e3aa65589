// An iterator that ends by Goexit, and one whose caller is ended so.
package main

import (
	"fmt"
	"iter"
	"runtime"
)

func goexits(f func()) bool {
	exit := make(chan bool)
	go func() {
		done := false
		defer func() { exit <- !done }()
		f()
		done = true
	}()
	return <-exit
}

func main() {
	var next func() (int, bool)
	var stop func()
	fmt.Println(goexits(func() {
		next, stop = iter.Pull(func(yield func(int) bool) {
			defer fmt.Println("cleaned up")
			runtime.Goexit()
		})
		next()
	}))
	fmt.Println(next())
	stop()
	next, stop = iter.Pull(func(yield func(int) bool) {
		defer runtime.Goexit()
		yield(55)
	})
	fmt.Println(next())
	fmt.Println(goexits(func() { stop() }))
	fmt.Println(next())
	stop()
}
