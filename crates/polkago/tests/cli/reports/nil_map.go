package main

func write() {
	var m map[string]int
	defer func() { m["a"] = 1 }()
	panic("first")
}

//go:wasmexport Test_run
func run(ptr, n uint32) uint64 {
	write()
	return 0
}

func main() { write() }
