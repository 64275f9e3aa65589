// Recursion, direct and mutual, with state on the stack.
package main

func ackermann(m, n int) int {
	switch {
	case m == 0:
		return n + 1
	case n == 0:
		return ackermann(m-1, 1)
	}
	return ackermann(m-1, ackermann(m, n-1))
}

func even(n int) bool { return n == 0 || odd(n-1) }
func odd(n int) bool  { return n != 0 && even(n-1) }

func permutations(s []int, at int, visit func([]int)) {
	if at == len(s) {
		visit(s)
		return
	}
	for i := at; i < len(s); i++ {
		s[at], s[i] = s[i], s[at]
		permutations(s, at+1, visit)
		s[at], s[i] = s[i], s[at]
	}
}

func hanoi(n int, from, to, via string) int {
	if n == 0 {
		return 0
	}
	return hanoi(n-1, from, via, to) + 1 + hanoi(n-1, via, to, from)
}

func queens(n, row int, cols, d1, d2 uint) int {
	if row == n {
		return 1
	}
	count := 0
	for c := 0; c < n; c++ {
		a, b, d := uint(1)<<c, uint(1)<<(row+c), uint(1)<<(row-c+n)
		if cols&a == 0 && d1&b == 0 && d2&d == 0 {
			count += queens(n, row+1, cols|a, d1|b, d2|d)
		}
	}
	return count
}

func depth(n int) int {
	var local [16]int
	local[n%16] = n
	if n == 0 {
		return 0
	}
	return depth(n-1) + local[n%16] - n + 1
}

func main() {
	println(ackermann(2, 9), even(1000), odd(1000))
	n := 0
	permutations([]int{1, 2, 3, 4, 5}, 0, func(p []int) {
		n++
		if n%30 == 0 {
			println(p[0], p[1], p[2], p[3], p[4])
		}
	})
	println(n, hanoi(10, "a", "b", "c"), queens(8, 0, 0, 0, 0), depth(10000))
}
