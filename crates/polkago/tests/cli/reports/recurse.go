package main

//go:noinline
func recurse(n int) int { return recurse(n+1) + n }

//go:wasmexport Test_run
func run(ptr, n uint32) uint64 { return uint64(recurse(int(n))) }

func main() { println(recurse(0)) }
