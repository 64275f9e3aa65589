// Slice bounds out of range: beyond the capacity.
package main

//go:noinline
func cut(s []int, i, j int) []int { return s[i:j] }

func main() {
	println(len(cut(make([]int, 2, 5), 1, 5)))
	println(len(cut(make([]int, 2, 5), 1, 6)))
}
