// A call that is suspended gives no results: what its caller keeps in their place is no reference.
package main

import "runtime"

type node struct {
	next *node
	n    [5]int
}

//go:noinline
func list(n int) (a, b, c, d, e int, head *node) {
	for i := range n {
		head = &node{next: head}
		head.n[0] = i
	}
	return n, n, n, n, n, head
}

//go:noinline
func wait(ch chan int) (a, b, c, d, e int, head *node) {
	a = <-ch
	return a, a, a, a, a, nil
}

//go:noinline
func use(n int) int {
	a, _, _, _, _, head := list(n)
	return a + head.n[0]
}

var kept *node

func main() {
	// It keeps the memory of the first list from being used for something else.
	kept = new(node)
	ch := make(chan int)
	go func() {
		n := use(1)
		runtime.GC()
		ch <- n
	}()
	println(use(100))
	runtime.GC()
	a, b, c, d, e, head := wait(ch)
	runtime.GC()
	println(a, b, c, d, e, head == nil, kept.n[0])
}
