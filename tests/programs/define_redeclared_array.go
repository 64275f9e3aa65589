// Short variable declarations that assign to variables in memory: arrays and structs declared before.
package main

import "fmt"

type pair struct {
	a [3]int
	s string
}

func array(p *[4]byte) (v [4]byte, ok bool) { return *p, true }

func both(p pair) (pair, error) { return p, nil }

func result(p *[4]byte) (v [4]byte, n int) {
	v, ok := array(p)
	if !ok {
		n = 1
	}
	return v, n
}

func bare(p *[4]byte) (v [4]byte, n int) {
	v, ok := array(p)
	if !ok {
		n = 1
	}
	return
}

func generic[T any](v T) (r T) {
	r, ok := v, true
	if !ok {
		panic("no")
	}
	return r
}

func main() {
	a := [4]byte{1, 2, 3, 4}
	fmt.Println(result(&a))
	fmt.Println(bare(&a))
	b, x := a, 1
	a[0] = 9
	b, y := a, 2
	fmt.Println(b, x, y)
	p, err := both(pair{[3]int{1, 2, 3}, "one"})
	fmt.Println(p, err)
	p, err2 := both(pair{[3]int{4, 5, 6}, "two"})
	fmt.Println(p, err2)
	fmt.Println(generic(pair{s: "three"}), generic(a), generic(7))
	f := func() pair { return p }
	p, err3 := both(pair{s: "captured"})
	fmt.Println(f(), err3)
}
