// All goroutines wait: the program ends with a report.
package main

func main() {
	a, b := make(chan int), make(chan int)
	go func() { b <- <-a }()
	a <- <-b
}
