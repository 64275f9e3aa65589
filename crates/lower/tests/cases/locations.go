// Decision record 0005: every instruction has a location.
//
// show: main.f
// locations
package main

func f(a []int, i int) int {
	x := a[i] *
		2
	return x
}

func main() { _ = f }
