// Function values: capture by reference, one loop variable for each iteration, recursion, functions that give
// functions.
package main

func counter() (func() int, func()) {
	n := 0
	return func() int { n++; return n }, func() { n = 100 }
}

func compose(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

func adder(a int) func(int) func(int) int {
	return func(b int) func(int) int {
		return func(c int) int { return a*100 + b*10 + c }
	}
}

var global = func(x int) int { return x * x }

func named(f func(string) string, s string) string { return f(s) }

func shout(s string) string { return s + "!" }

func main() {
	next, reset := counter()
	println(next(), next())
	reset()
	println(next())
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i *= 10; return i })
	}
	for _, f := range fs {
		print(f(), " ", f(), " ")
	}
	println()
	for i, v := range []string{"a", "b"} {
		fs = append(fs, func() int { return i + len(v) })
	}
	println(fs[3](), fs[4]())
	println(compose(global, func(x int) int { return x + 1 }, func(x int) int { return -x })(3))
	println(adder(1)(2)(3))
	var fib func(int) int
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	}
	println(fib(20))
	println(named(shout, "hey"), named(func(s string) string { return s + s }, "ab"))
	func(x int) { println("direct", x) }(5)
	var nilf func()
	println(nilf == nil, next != nil)
	for i := 0; i < 6; i++ {
		f := func() { i++ }
		f()
		print(i, " ")
	}
	println()
	x := 1
	{
		x := 2
		f := func() { x++ }
		f()
		println(x)
	}
	println(x)
	big := [5]int{1, 2, 3, 4, 5}
	str := "captured"
	var e any = 3.5
	g := func() (int, string, float64) { return big[4], str, e.(float64) }
	str = "changed"
	a, b, c := g()
	println(a, b, c)
}
