// Structs: copies, comparison, nesting, anonymous ones, blank fields.
package main

type point struct{ x, y int }

type rect struct {
	min, max point
	name     string
	tags     [2]string
	_        int
}

type wide struct {
	a int8
	b int64
	c uint16
	d float32
	e string
	f bool
	g any
}

func move(r rect, dx int) rect {
	r.min.x += dx
	r.max.x += dx
	r.tags[1] = "moved"
	return r
}

func main() {
	r := rect{min: point{1, 2}, max: point{3, 4}, name: "r"}
	q := move(r, 10)
	println(r.min.x, q.min.x, q.max.x, q.tags[1], r.tags[1] == "", r == q)
	q = r
	println(r == q, r.min == point{1, 2}, &r == &q)
	p := &q.max
	p.x = 50
	println(q.max.x, r.max.x, *p == point{50, 4})
	w := wide{1, 1 << 40, 65535, 1.5, "e", true, 42}
	v := w
	println(w == v, w.a, w.b, w.c, w.d, w.e, w.f, w.g.(int))
	v.g = "42"
	println(w == v)
	anon := struct {
		point
		z int
	}{point{1, 2}, 3}
	println(anon.x, anon.y, anon.z, anon.point == point{1, 2})
	var zero rect
	println(zero == rect{}, zero.name == "")
	list := []point{{1, 2}, {3, 4}}
	for _, e := range list {
		e.x = 100
	}
	for i := range list {
		list[i].y *= 2
	}
	println(list[0].x, list[0].y, list[1].y)
	ptrs := []*point{{5, 6}, {7, 8}}
	ptrs[0].x++
	println(ptrs[0].x, ptrs[1].y)
	x, y := point{1, 2}, point{3, 4}
	x, y = y, x
	println(x.x, y.x)
	f := func() (point, int) { return point{9, 8}, 7 }
	r.min, r.max.y = f()
	println(r.min.x, r.min.y, r.max.y)
	println(f2(point{1, 2}).x)
}

func f2(p point) *point { return &p }
