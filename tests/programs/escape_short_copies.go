// Objects outlive the function, or the iteration, in which they are made when arrays that lead to them are copied:
// copies of eight bytes are loads and stores of numbers.
package main

func id[T any](x T) T { return x }

type pair [2]map[string]int

//go:noinline
func make2(to *pair, n int) {
	*to = pair{{id("a"): n}, {id("b"): n, id("c"): n}}
}

//go:noinline
func disturb(n int) int {
	var a [32]int
	for i := range a {
		a[i] = n * i
	}
	if n == 0 {
		return a[5]
	}
	return disturb(n-1) + a[n%32]
}

//go:noinline
func each(yield func(int) bool) {
	for i := range 3 {
		if !yield(i) {
			return
		}
	}
}

func captured() {
	var v pair
	show := func() { println(len(v[0]), len(v[1]), v[1]["c"]) }
	defer show()
	for i := range each {
		disturb(i)
		v = pair{{id("a"): i}, {id("b"): i, id("c"): i}}
		disturb(3)
	}
	disturb(9)
}

func overIterations() {
	var v pair
	for i := range 4 {
		t := &pair{{id("a"): i}, {id("b"): i, id("c"): i}}
		println(len(v[0]), v[1]["c"], t[1]["b"])
		v = *t
	}
	var one [1]*int
	for i := range 4 {
		n := id(i)
		t := &[1]*int{&n}
		if one[0] != nil {
			println(*one[0], *t[0])
		}
		one = *t
	}
}

func main() {
	var p pair
	make2(&p, 7)
	println(disturb(9))
	println(len(p[0]), len(p[1]), p[0]["a"], p[1]["c"])
	captured()
	overIterations()
}
