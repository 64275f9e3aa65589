// Package variables are initialised in the order of their dependencies, then the init functions run.
package main

var (
	a     = b + 1
	b     = f("b", c)
	c     = f("c", 10)
	d     = func() int { return f("d", a) }()
	e, g  = two()
	table = build()
	_     = f("blank", 0)
	s     = &state
	state = struct{ n int }{f("state", 5)}
)

var names = []string{"x", "y", suffix}

var suffix = "z" + ext

const ext = "!"

func f(name string, v int) int {
	print(name, " ")
	return v
}

func two() (int, int) {
	print("two ")
	return 1, 2
}

func build() [4]int {
	var t [4]int
	for i := range t {
		t[i] = i * c
	}
	return t
}

func init() {
	println("init 1", a, b, c, d)
}

func init() {
	println("init 2", e, g, table[3], s.n, names[2])
	counter++
}

var counter = f("counter", 41)

func main() {
	println("main", counter)
}
