package main

// Each of these is more than the host's allocator gives at once.
//
//go:noinline
func allocate() (all [][]byte) {
	for {
		all = append(all, make([]byte, 1<<30))
	}
}

//go:wasmexport Test_run
func run(ptr, n uint32) uint64 { return uint64(len(allocate())) }

func main() { println(len(allocate())) }
