package main

// What one goroutine does when it has recovered from its panic, a deferred call of another's panic waits for.
func block() {
	a, b, done := make(chan int), make(chan int), make(chan bool)
	go func() {
		defer func() { a <- 2 }()
		defer func() { recover() }()
		defer func() { <-b }()
		panic("a")
	}()
	go func() {
		defer func() { done <- true }()
		defer func() { recover() }()
		defer func() {
			b <- 1
			<-a
		}()
		panic("b")
	}()
	<-done
}

//go:wasmexport Test_run
func run(ptr, n uint32) uint64 {
	block()
	return 0
}

func main() { block() }
