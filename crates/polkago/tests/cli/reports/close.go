package main

func closeTwice() {
	c := make(chan int)
	close(c)
	close(c)
}

//go:wasmexport Test_run
func run(ptr, n uint32) uint64 {
	closeTwice()
	return 0
}

func main() { closeTwice() }
