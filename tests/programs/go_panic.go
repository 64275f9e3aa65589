// A panic in a goroutine ends the program.
package main

func main() {
	c := make(chan bool)
	go func() {
		var m map[string]int
		println("before")
		m["x"] = 1
		c <- true
	}()
	<-c
}
