// A slice of negative length.
package main

//go:noinline
func build(n int) []int { return make([]int, n) }

func main() {
	println(len(build(3)))
	println(len(build(-1)))
}
