package main

type node struct {
	next *node
	data [1000]int
}

//go:noinline
func allocate() *node {
	var list *node
	for i := 0; i >= 0; i++ {
		list = &node{next: list}
	}
	return list
}

//go:wasmexport Test_run
func run(ptr, n uint32) uint64 { return uint64(allocate().data[n]) }

func main() { println(allocate().data[0]) }
