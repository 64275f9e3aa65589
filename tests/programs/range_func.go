// Range over functions: yield, break, continue to an outer loop, return from within.
package main

type seq[T any] func(yield func(T) bool)

func upTo(n int) seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < n; i++ {
			if !yield(i) {
				print("stopped ")
				return
			}
		}
	}
}

func pairs(s []string) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		for i, v := range s {
			if !yield(i, v) {
				return
			}
		}
	}
}

func first(n int) int {
	for v := range upTo(100) {
		if v*v > n {
			return v
		}
	}
	return -1
}

func main() {
	for v := range upTo(5) {
		if v == 1 {
			continue
		}
		if v == 4 {
			break
		}
		print(v, " ")
	}
	println()
outer:
	for a := range upTo(3) {
		for i, b := range pairs([]string{"k", "l", "m"}) {
			if i == 1 {
				continue outer
			}
			if a == 2 {
				break outer
			}
			print(a, b, " ")
		}
	}
	println()
	println(first(50))
	for range upTo(2) {
		print("y ")
	}
	println()
}
