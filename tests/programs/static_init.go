// Package variables whose initialisers can be evaluated before the program runs, those that cannot, and their order.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
)

type node struct {
	name string
	next *node
	kids []*node
}

type shape interface{ area() int }

type square struct{ side int }

func (s square) area() int { return s.side * s.side }

type box struct{ w, h int }

func (b *box) area() int { return b.w * b.h }

var (
	big   = mul(1_000_000, 7)
	table = squares(10)
	crc   = makeTable(0xedb88320)
	list  = push(push(push(nil, "a"), "b"), "c")
	root  = &node{name: "root", kids: []*node{list, {name: "kid", next: list}}}
	errA  = errors.New("error A")
	errB  = fmt.Errorf("B of %w", errA) // calls what is known only at run time
	after = squares(len(errB.Error()))
	forms = []shape{square{3}, &box{2, 5}, square{after[2]}}
	total = sum(forms)
	names = map[string]int{"one": 1, "two": total}
	fn    = counter()
	first = fn() + fn()
	nan   = zero / zero
	zero  float64
	same  = &names == &others
	text  = "x" + list.name + list.next.name
	bytes = append([]byte(text), "yz"...)
	swap1 = swap2 + 1
	swap2 = half(20)
	args  = len(os.Args) > 100

	others map[string]int
)

func mul(a, b int64) int64 { return a * b }

func half(n int) int { return n / 2 }

// calls counts, so that what is done twice shows.
var calls int

func squares(n int) []int {
	calls++
	s := make([]int, 0, 2)
	for i := range n {
		s = append(s, i*i)
	}
	return s
}

func makeTable(poly uint32) (t [256]uint32) {
	for i := range t {
		c := uint32(i)
		for range 8 {
			if c&1 != 0 {
				c = c>>1 ^ poly
			} else {
				c >>= 1
			}
		}
		t[i] = c
	}
	return t
}

func push(n *node, name string) *node { return &node{name: name, next: n} }

func sum(forms []shape) (n int) {
	for _, f := range forms {
		n += f.area()
	}
	return n
}

func counter() func() int {
	n := 10
	return func() int { n++; return n }
}

func init() { total++ }

func init() {
	defer func() { total *= 2; recover() }()
	var none *node
	total += len(none.name)
}

func main() {
	fmt.Println(big, table, crc[1], crc[255], calls)
	for n := list; n != nil; n = n.next {
		fmt.Print(n.name, " ")
	}
	fmt.Println(root.kids[1].next == root.kids[0], errA, errB, errors.Is(errB, errA))
	fmt.Println(len(after), total, names, first, fn(), nan != nan, same, text, string(bytes), swap1, args)
	// Objects that were made before the program ran can be changed, and keep others alive.
	root.kids = append(root.kids, push(list, "new"))
	list.next = &node{name: "b2"}
	for range 3 {
		runtime.GC()
		_ = make([]byte, 1<<20)
	}
	fmt.Println(root.kids[2].name, root.kids[2].next.next.name, root.kids[0].next.name, root.kids[1].name)
	table = append(table, 100)
	crc[0]++
	fmt.Println(table, crc[0])
}
