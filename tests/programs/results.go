// Multiple and named results, passing them on, blank identifiers, order of evaluation.
package main

func divmod(a, b int) (q, r int, err string) {
	if b == 0 {
		err = "division by zero"
		return
	}
	q = a / b
	r = a % b
	return
}

func three() (int, string, float64) { return 1, "two", 3.5 }

func take(i int, s string, f float64) string {
	if i == 1 && f == 3.5 {
		return s
	}
	return "?"
}

func rest(i int, more ...any) int { return i + len(more) }

func pass() (int, string, float64) { return three() }

func many() (a int8, b uint16, c int64, d float32, e []int, f any, g func() int, h [3]int, s struct{ x, y int }) {
	return -1, 65535, 1 << 40, 1.25, []int{1, 2}, "any", func() int { return 9 }, [3]int{1, 2, 3}, struct{ x, y int }{4, 5}
}

func order(s string) int {
	print(s, " ")
	return len(s)
}

func pair() (int, int) {
	print("pair ")
	return 1, 2
}

func main() {
	q, r, err := divmod(17, 5)
	println(q, r, err == "")
	_, _, err = divmod(1, 0)
	println(err)
	println(take(three()), take(pass()), rest(three()))
	a, b, c, d, e, f, g, h, s := many()
	println(a, b, c, d, len(e), f.(string), g(), h[2], s.x, s.y)
	x := []int{order("a"), order("bb"), order("ccc")}
	println(x[0], x[1], x[2])
	println(order("x")+order("yy")*order("z"), order("left") < order("r"))
	arr := [3]int{}
	i := 0
	i, arr[i] = 2, 7
	println(i, arr[0], arr[2])
	arr[0], arr[1], arr[2] = arr[2], arr[0], 5
	println(arr[0], arr[1], arr[2])
	m, n := pair()
	n, m = m, n
	println(m, n)
	println(order("t") > 0 || order("never") > 0, order("f") > 1 && order("never") > 0)
	var u, v = pair()
	println(u + v)
}
