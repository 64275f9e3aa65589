// Memory allocates far more than there is room for, and keeps little of it: what the suite "memory" measures.
package main

import "runtime"

// total is what churn allocates in all, in bytes.
const total = 20 << 30

// A tree is a linked object.
type tree struct {
	left, right *tree
	payload     [2]uint32
}

func grow(depth int) *tree {
	if depth == 0 {
		return &tree{}
	}
	return &tree{left: grow(depth - 1), right: grow(depth - 1)}
}

func (t *tree) size() int {
	if t == nil {
		return 0
	}
	return 1 + t.left.size() + t.right.size()
}

// churn allocates total bytes, objects of all sizes up to 256 KiB, of which at most 8 MiB are in use at any time.
func churn() int {
	var kept [64][]byte
	var trees [4]*tree
	allocated, sum := uint64(0), 0
	for i := uint32(0); allocated < total; i++ {
		n := 1 + i*7919%(64<<10)
		if i%61 == 0 {
			n *= 4
		}
		kept[i%64] = make([]byte, n)
		kept[i%64][n/2] = byte(i)
		allocated += uint64(n)
		if i%512 == 0 {
			trees[i/512%4] = grow(12)
			allocated += 8191 * 16
		}
	}
	for _, b := range kept {
		sum += len(b)
	}
	for _, t := range trees {
		sum += t.size()
	}
	return sum
}

// round is a thirtieth of one: it does a bit of everything and leaves nothing behind.
func round(n int) int {
	words := map[string][]int{}
	for i := range 200 {
		key := string(rune('a'+i%26)) + string(rune('a'+n%26))
		words[key] = append(words[key], i)
	}
	var calls []func() int
	for i := range 100 {
		calls = append(calls, func() int { return i + n })
	}
	sum := grow(8).size()
	for _, call := range calls {
		sum += call()
	}
	text := ""
	for range 50 {
		text += "0123456789"
	}
	values := []any{n, text, words, [3]int{1, 2, 3}}
	big := make([]uint64, 4096+n%4096)
	return sum + len(words) + len(values) + len(big)
}

func rounds(n int) uint64 {
	sum := 0
	for i := range n {
		for j := range 30 {
			sum += round(i + j)
		}
	}
	if sum == 0 {
		panic("nothing was done")
	}
	return 0
}

//go:wasmexport Memory_churn
func memoryChurn(ptr, n uint32) uint64 {
	if churn() == 0 {
		panic("nothing was kept")
	}
	return 0
}

//go:wasmexport Memory_rounds_10
func memoryRounds10(ptr, n uint32) uint64 { return rounds(10) }

//go:wasmexport Memory_rounds_1000
func memoryRounds1000(ptr, n uint32) uint64 { return rounds(1000) }

// main prints how much memory the program has, in bytes, when it has allocated all that.
func main() {
	churn()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	println(stats.TotalAlloc >= total, stats.Sys)
}
