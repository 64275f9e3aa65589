// Text with fmt: numbers, strings, structs.
//
//bench:allocates
package main

import "fmt"

type point struct {
	X, Y int
	Name string
}

func main() {
	total := 0
	for i := 0; i < 150000; i++ {
		s := fmt.Sprintf("%d %5d %x %q %v %+v %.3f", i, i*3, i, "a\tb", point{i, -i, "p"}, &point{1, 2, "q"}, float64(i)/7)
		total += len(s)
	}
	fmt.Println(total)
}
