// A hundred thousand goroutines at once, in a chain.
package main

func link(in <-chan int, out chan<- int) { out <- 1 + <-in }

func main() {
	const n = 100000
	first := make(chan int)
	in := first
	for range n {
		out := make(chan int)
		go link(in, out)
		in = out
	}
	first <- 0
	println(<-in)
}
