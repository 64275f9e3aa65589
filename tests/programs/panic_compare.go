// Comparing interfaces that hold slices.
package main

func main() {
	var a, b any = []int{1}, "x"
	println(a == b)
	b = []int{1}
	println(a == b)
}
