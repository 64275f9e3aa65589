// Pointers: to variables, fields, elements; linked structures; pointers to pointers; new.
package main

type node struct {
	value       int
	left, right *node
}

func (n *node) insert(v int) *node {
	if n == nil {
		return &node{value: v}
	}
	if v < n.value {
		n.left = n.left.insert(v)
	} else {
		n.right = n.right.insert(v)
	}
	return n
}

func (n *node) walk(f func(int)) {
	if n != nil {
		n.left.walk(f)
		f(n.value)
		n.right.walk(f)
	}
}

func swap(a, b *int) { *a, *b = *b, *a }

func escape() *int {
	x := 42
	return &x
}

func main() {
	a, b := 1, 2
	swap(&a, &b)
	println(a, b)
	p := escape()
	q := escape()
	*p++
	println(*p, *q, p == q, p != nil)
	pp := &p
	**pp = 7
	*pp = q
	println(*p, p == q)
	var root *node
	for _, v := range []int{5, 2, 8, 1, 9, 3, 7} {
		root = root.insert(v)
	}
	root.walk(func(v int) { print(v, " ") })
	println()
	arr := [3]int{1, 2, 3}
	e := &arr[1]
	*e = 20
	s := arr[:]
	f := &s[2]
	*f = 30
	println(arr[0], arr[1], arr[2])
	n := new(int)
	*n += 5
	println(*n, *new(string) == "")
	st := struct{ x, y int }{1, 2}
	py := &st.y
	*py = 9
	println(st.x, st.y)
	i := 1
	arr[i], i = 100, 2
	println(arr[1], i)
	var np *node
	println(np == nil, np.left0())
}

func (n *node) left0() bool { return n == nil }
