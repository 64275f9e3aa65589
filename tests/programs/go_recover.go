// Panics, recover and deferred calls in goroutines that have been suspended.
package main

import "runtime"

func risky(c chan int, n int) (r int) {
	defer func() {
		if e := recover(); e != nil {
			r = -e.(int)
			r += <-c
		}
	}()
	defer func() { <-c }()
	v := <-c
	inner(c, v)
	return v
}

func inner(c chan int, v int) {
	defer println("inner left", v)
	w := <-c
	if v+w > 10 {
		panic(v + w)
	}
}

func deep(c chan int, n int) {
	if n == 0 {
		<-c
		panic("deep")
	}
	defer func() { n++ }()
	deep(c, n-1)
	println("not reached")
}

func main() {
	c, out := make(chan int), make(chan int)
	go func() { out <- risky(c, 1) }()
	c <- 5
	c <- 6
	c <- 0
	c <- 100
	println(<-out)
	go func() { out <- risky(c, 1) }()
	c <- 1
	c <- 2
	c <- 0
	println(<-out)

	go func() {
		defer func() { out <- 1 }()
		defer func() { println("recovered", recover().(string)) }()
		deep(c, 200)
	}()
	c <- 0
	println(<-out)

	go func() {
		defer func() { out <- 2 }()
		defer func() { println("nothing to recover", recover() == nil) }()
		<-c
		runtime.Goexit()
	}()
	c <- 0
	println(<-out)

	// A deferred call that waits while a panic is on its way.
	go func() {
		defer func() {
			e := recover().(error)
			println(e.Error())
			out <- 3
		}()
		defer func() { println("waited", <-c) }()
		var p *int
		<-c
		*p = 1
	}()
	c <- 0
	c <- 42
	println(<-out)

	// A panic that replaces another one while a deferred call waits.
	go func() {
		defer func() { println(recover().(string)); out <- 4 }()
		defer func() { <-c; panic("second") }()
		panic("first")
	}()
	c <- 0
	println(<-out)
}
