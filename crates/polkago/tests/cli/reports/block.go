package main

// An exported function has nobody to wait for but the goroutines that it has started itself.
func block() { <-make(chan int) }

//go:wasmexport Test_run
func run(ptr, n uint32) uint64 {
	block()
	return 0
}

func main() { block() }
