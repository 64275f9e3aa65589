// A return statement assigns the result variables: what captured them or has their address sees that, also after the
// function has returned.
package main

func captured() (x int, f func() int) {
	f = func() int { return x }
	return 42, f
}

func addressed() (x [2]int, p *[2]int) {
	return [2]int{1, 2}, &x
}

func later() (x int) {
	defer func() func() {
		return func() { println(x) }
	}()()
	return 42
}

func swapped() (a, b [2]string, f func()) {
	a, b = [2]string{"a", "A"}, [2]string{"b", "B"}
	return b, a, func() { println(a[0], b[1]) }
}

func main() {
	x, f := captured()
	println(x, f())
	_, p := addressed()
	println(p[0], p[1])
	later()
	a, b, g := swapped()
	println(a[0], b[0])
	g()
}
