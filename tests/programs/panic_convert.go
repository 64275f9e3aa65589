// A slice that is too short for the array that it is converted to.
package main

//go:noinline
func convert(s []int) [4]int { return [4]int(s) }

func main() {
	println(convert(make([]int, 5))[0])
	println(convert(make([]int, 3))[0])
}
