// Goroutines that start while the package is initialised.
package main

var c = make(chan int)

var x = func() int {
	go func() { c <- 41 }()
	return <-c + 1
}()

func init() {
	go func() { c <- x * 2 }()
}

func main() {
	println(x)
	println(<-c)
}
