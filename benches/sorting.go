// Sorting numbers, structs by a comparator, and through an interface.
//
//bench:computes
package main

import (
	"slices"
	"sort"
)

type pair struct {
	key   uint32
	value int32
}

type byValue []pair

func (p byValue) Len() int           { return len(p) }
func (p byValue) Less(i, j int) bool { return p[i].value < p[j].value }
func (p byValue) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }

func main() {
	const n = 100000
	numbers := make([]int, n)
	pairs := make([]pair, n)
	seed := uint32(1)
	sum := uint32(0)
	for round := 0; round < 6; round++ {
		for i := range numbers {
			seed = seed*1664525 + 1013904223
			numbers[i] = int(seed >> 8)
			pairs[i] = pair{seed >> 4, int32(seed<<7) >> 3}
		}
		slices.Sort(numbers)
		slices.SortFunc(pairs, func(a, b pair) int {
			if a.key < b.key {
				return -1
			}
			if a.key > b.key {
				return 1
			}
			return 0
		})
		sum = sum*31 + uint32(numbers[n/2]) + pairs[n/3].key
		sort.Sort(byValue(pairs))
		sum = sum*31 + uint32(pairs[n/5].value)
		at, _ := slices.BinarySearch(numbers, numbers[n/7])
		sum += uint32(at)
	}
	println(sum)
}
