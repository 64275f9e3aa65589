package main

import (
	"fmt"
	"log"
	"os"
)

//go:wasmexport Test_return
func unfinished(ptr, n uint32) uint64 {
	print("one ")
	fmt.Print("two ")
	fmt.Fprint(os.Stderr, "three")
	return 0
}

//go:wasmexport Test_exit
func exit(ptr, n uint32) uint64 {
	print("one ")
	os.Exit(int(n))
	return 0
}

//go:wasmexport Test_fatal
func fatal(ptr, n uint32) uint64 {
	log.SetFlags(0)
	log.Fatal("no block of number ", n)
	return 0
}

func main() {}
