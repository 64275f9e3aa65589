// Deferred calls of predeclared functions: operands are evaluated with the statement.
package main

func show(m map[string]int, s []int) { println(len(m), s[0], s[1]) }

func f() {
	m := map[string]int{"a": 1, "b": 2}
	s := []int{1, 2}
	t := []int{3, 4}
	k := "a"
	defer show(m, s)
	defer delete(m, k)
	defer copy(s, t)
	defer show(m, s)
	defer clear(t[:1])
	defer print("one", " ", 2, "\n")
	k = "b"
	t = []int{5, 6}
}

func g() {
	defer func() { println(recover().(string)) }()
	defer panic("deferred")
}

func main() {
	f()
	g()
}
