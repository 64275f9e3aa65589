// Waiting for ever: the report names what the goroutine waits for.
package main

func main() {
	c := make(chan int)
	println("before")
	<-c
}
