// An index that does not fit an int.
package main

//go:noinline
func at(s *[4]int, i uint64) int { return s[i] }

func main() {
	println(at(&[4]int{1, 2, 3, 4}, 3))
	println(at(&[4]int{1, 2, 3, 4}, 1<<32))
}
