package main

import "sync"

func block() {
	var mu sync.Mutex
	c := make(chan int)
	mu.Lock()
	go func() { mu.Lock() }()
	go func() {
		c <- 1
		c <- 2
	}()
	<-c
	select {}
}

//go:wasmexport Test_run
func run(ptr, n uint32) uint64 {
	block()
	return 0
}

func main() { block() }
