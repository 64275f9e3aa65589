// A negative shift count panics.
package main

//go:noinline
func shift(v, n int) int { return v << n }

func main() {
	println(shift(1, 4))
	println(shift(1, -1))
}
