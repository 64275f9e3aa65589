// Arrays are values: assignment, arguments and ranges copy them; comparison is by element.
package main

type matrix [2][3]int

func change(a [3]int) [3]int {
	a[0] = 99
	return a
}

func (m *matrix) set(i, j, v int) { m[i][j] = v }
func (m matrix) sum() (s int) {
	for _, row := range m {
		for _, v := range row {
			s += v
		}
	}
	return
}

//go:noinline
func at(a [4]string, i int) string { return a[i] }

func main() {
	a := [3]int{1, 2, 3}
	b := a
	b[1] = 20
	c := change(a)
	println(a[0], a[1], b[1], c[0], a == b, a == [3]int{1, 2, 3}, a != c)
	for i, v := range a {
		a[2] = 100
		println(i, v)
	}
	for i, v := range &a {
		a[2] = 200
		println(i, v)
	}
	var m matrix
	m.set(1, 2, 5)
	m.set(0, 0, 7)
	n := m
	n[1] = [3]int{1, 1, 1}
	println(m.sum(), n.sum(), m == n, len(m), len(m[0]))
	println(at([...]string{"a", "b", 3: "d"}, 3), at([4]string{"x"}, 2) == "")
	s := [5]struct {
		x int
		y string
	}{{1, "one"}, 3: {3, "three"}}
	t := s
	t[3].y = "3"
	println(s[0].y, s[3].y, t[3].y, s == t, s[1] == t[1])
	var empty [0]int
	println(len(empty), empty == [0]int{})
	i := 2
	pa := &a
	pa[i]++
	pa[i] += a[0]
	println(a[2], len(pa))
	swap := [2]int{1, 2}
	swap[0], swap[1] = swap[1], swap[0]
	println(swap[0], swap[1])
}
