package main

import (
	"runtime"
	"sync"
)

// A hundred goroutines count without a lock, and every other one gives way in the middle of it.
func race() {
	var w sync.WaitGroup
	count := 0
	for i := range 100 {
		w.Go(func() {
			c := count
			if i%2 == 0 {
				runtime.Gosched()
			}
			count = c + 1
		})
	}
	w.Wait()
	println(count)
}

//go:wasmexport Test_run
func run(ptr, n uint32) uint64 {
	race()
	return 0
}

func main() { race() }
