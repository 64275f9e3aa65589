// Slices: growth by append, aliasing of the array beneath, full slice expressions, overlapping copies.
package main

func show(name string, s []int) {
	print(name, " len=", len(s), " cap=", cap(s), " [")
	for i, v := range s {
		if i > 0 {
			print(" ")
		}
		print(v)
	}
	println("]")
}

func main() {
	var s []int
	println(s == nil, len(s), cap(s))
	grown, last := 0, -1
	for i := 0; i < 2000; i++ {
		s = append(s, i)
		if cap(s) != last {
			last = cap(s)
			grown++
		}
	}
	println(grown < 20, cap(s) < 4000)
	sum := 0
	for _, v := range s {
		sum += v
	}
	println(sum)

	a := [10]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	x := a[2:5]
	y := x[1:8]
	show("x", x)
	show("y", y)
	y[0] = 100
	show("x", x)
	x = append(x, 200)
	show("a", a[:])
	z := a[2:4:4]
	z = append(z, 300)
	show("z", z)
	show("a", a[:])
	println(copy(a[3:], a[:]), copy(x, []int{}), copy(x[:0], x))
	show("a", a[:])
	println(copy(a[:], a[2:]))
	show("a", a[:])
	x = append(x[:1], x[2:]...)
	show("x", x)
	x = append(x, x...)
	show("x", x)
	clear(x[1:3])
	show("x", x)
	m := make([]int, 3, 10)
	show("m", m)
	show("m", m[:6])
	show("m", append(m, 1, 2, 3))
	show("m", m[2:7:8])
	empty := []int{}
	println(empty == nil, len(append(empty, empty...)), append([]int(nil)) == nil)
	p := &a
	show("p", p[1:3])
	for i := range p {
		p[i] = i
	}
	println(len(p), cap(p), p[9])
	arr := [3]int(m)
	arr[0] = 7
	ptr := (*[2]int)(m)
	ptr[1] = 8
	println(arr[0], m[0], m[1])
	lit := []string{2: "c", 0: "a", 4: "e"}
	println(len(lit), lit[2], lit[1] == "", lit[4])
}
