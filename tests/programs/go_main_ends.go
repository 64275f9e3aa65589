// The program ends with main; other goroutines do not go on.
package main

func main() {
	c := make(chan bool)
	go func() {
		println("started")
		c <- true
		println("never printed")
	}()
	<-c
	println("main ends")
}
