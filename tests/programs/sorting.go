// A few algorithms: quicksort, heap, sieve, binary search, matrix product, string reversal.
package main

func quicksort(s []int) {
	if len(s) < 2 {
		return
	}
	pivot := s[len(s)/2]
	i, j := 0, len(s)-1
	for i <= j {
		for s[i] < pivot {
			i++
		}
		for s[j] > pivot {
			j--
		}
		if i <= j {
			s[i], s[j] = s[j], s[i]
			i++
			j--
		}
	}
	quicksort(s[:j+1])
	quicksort(s[i:])
}

type sorter interface {
	Len() int
	Less(i, j int) bool
	Swap(i, j int)
}

type byLen []string

func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func heapsort(s sorter) {
	n := s.Len()
	down := func(lo, hi int) {
		for {
			child := 2*lo + 1
			if child >= hi {
				return
			}
			if child+1 < hi && s.Less(child, child+1) {
				child++
			}
			if !s.Less(lo, child) {
				return
			}
			s.Swap(lo, child)
			lo = child
		}
	}
	for i := n/2 - 1; i >= 0; i-- {
		down(i, n)
	}
	for i := n - 1; i > 0; i-- {
		s.Swap(0, i)
		down(0, i)
	}
}

func sieve(n int) (primes []int) {
	composite := make([]bool, n+1)
	for i := 2; i <= n; i++ {
		if composite[i] {
			continue
		}
		primes = append(primes, i)
		for j := i * i; j <= n; j += i {
			composite[j] = true
		}
	}
	return
}

func search(s []int, v int) int {
	lo, hi := 0, len(s)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if s[mid] < v {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

func product(a, b [][]float64) [][]float64 {
	r := make([][]float64, len(a))
	for i := range r {
		r[i] = make([]float64, len(b[0]))
		for j := range r[i] {
			for k := range b {
				r[i][j] += a[i][k] * b[k][j]
			}
		}
	}
	return r
}

func reverse(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

func main() {
	seed := uint32(12345)
	s := make([]int, 1000)
	for i := range s {
		seed = seed*1664525 + 1013904223
		s[i] = int(seed >> 8)
	}
	quicksort(s)
	ok := true
	for i := 1; i < len(s); i++ {
		ok = ok && s[i-1] <= s[i]
	}
	println(ok, s[0], s[500], s[999], search(s, s[123]) <= 123)
	words := byLen{"three", "a", "seventeen", "to", "four"}
	heapsort(words)
	for _, w := range words {
		print(w, " ")
	}
	println()
	p := sieve(10000)
	println(len(p), p[len(p)-1])
	m := product([][]float64{{1, 2}, {3, 4}}, [][]float64{{0.5, 1}, {1.5, 2}})
	println(m[0][0], m[0][1], m[1][0], m[1][1])
	println(reverse("h\u00e9llo \u4e16\u754c"))
}
