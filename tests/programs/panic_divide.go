// Integer division by zero.
package main

//go:noinline
func div(a, b int64) int64 { return a / b }

func main() {
	println(div(7, 2))
	println(div(1, 0))
}
