// Goroutines with deferred calls whose stacks grow (Go statements, Defer statements).
package main

func growstack(n int) {
	if n > 0 {
		growstack(n - 1)
	}
}

func nop() {}

func work(c chan struct{}) {
	defer nop()
	growstack(10000)
	c <- struct{}{}
}

func main() {
	c := make(chan struct{})
	go work(c)
	go work(c)
	<-c
	<-c
	println("ok")
}
