// Functions as values: closures over counters, generic higher-order functions, a comparator.
//
//bench:computes
package main

func fold[T, A any](xs []T, start A, f func(A, T) A) A {
	for _, x := range xs {
		start = f(start, x)
	}
	return start
}

func apply[T any](xs []T, f func(T) T) {
	for i, x := range xs {
		xs[i] = f(x)
	}
}

func insertionSort[T any](xs []T, less func(a, b T) bool) {
	for i := 1; i < len(xs); i++ {
		for j := i; j > 0 && less(xs[j], xs[j-1]); j-- {
			xs[j], xs[j-1] = xs[j-1], xs[j]
		}
	}
}

func counter(step uint32) func() uint32 {
	n := uint32(0)
	return func() uint32 {
		n += step
		return n
	}
}

func main() {
	xs := make([]uint32, 500)
	total := uint32(0)
	for round := uint32(0); round < 1500; round++ {
		next := counter(round*2654435761 + 12345)
		apply(xs, func(x uint32) uint32 { return x ^ next()>>7 })
		swaps := 0
		insertionSort(xs, func(a, b uint32) bool {
			swaps++
			return a < b
		})
		total = fold(xs, total+uint32(swaps), func(a, x uint32) uint32 { return a*31 + x })
	}
	println(total)
}
