// Maps: making, reading, assigning, deleting, clearing, counting (Map types, Index expressions, Making slices, maps
// and channels, Deletion of map elements).
package main

type point struct {
	x, y int
}

type named struct {
	name string
	_    int
	f    float64
	id   [3]int16
}

type big struct {
	a [40]int
}

type huge struct {
	a [400]int
}

type shape interface{ area() int }

type square int

func (s square) area() int { return int(s * s) }

func trace(s string, n int) int {
	println(s)
	return n
}

func scalars() {
	a := map[int32]int{}
	for i := int32(0); i < 1000; i++ {
		a[i*i] = int(i)
	}
	sum := 0
	for i := int32(0); i < 1000; i++ {
		sum += a[i*i]
	}
	println(len(a), sum, a[-1])
	b := make(map[uint64]string, 100)
	b[1<<40] = "large"
	b[7] += "x"
	b[7] += "y"
	v, ok := b[7]
	println(v, ok, len(b))
	_, ok = b[8]
	println(ok)
	delete(b, 7)
	delete(b, 7)
	println(len(b), b[7] == "", b[1<<40])
	c := map[string]int{"one": 1, "two": 2, "three": 3}
	c["four"]++
	c["four"] += 3
	c["one"] <<= 4
	println(c["one"], c["two"], c["three"], c["four"], c["five"], len(c))
	d := map[byte]bool{'a': true}
	println(d['a'], d['b'])
	e := map[bool]int8{true: 1, false: -1}
	println(e[true], e[false])
	clear(c)
	println(len(c), c["one"])
	f := map[int64]float64{}
	f[3] -= 1.5
	f[3] *= 2
	println(f[3])
}

func structs() {
	m := map[point]string{{1, 2}: "a", {3, 4}: "b"}
	m[point{5, 6}] = "c"
	println(m[point{1, 2}], m[point{3, 4}], m[point{5, 6}], m[point{2, 1}] == "", len(m))
	n := map[named]int{}
	n[named{"k", 1, 0.5, [3]int16{1, 2, 3}}] = 1
	n[named{"k", 2, 0.5, [3]int16{1, 2, 3}}]++
	n[named{"k", 2, 0.5, [3]int16{1, 2, 4}}]++
	println(len(n), n[named{"k", 9, 0.5, [3]int16{1, 2, 3}}])
	p := map[string]*point{"p": {1, 2}}
	p["p"].x += 10
	println(p["p"].x, p["p"].y)
	q := map[string]point{}
	q["a"] = point{7, 8}
	println(q["a"].x, q["b"].y)
	s := map[int][]int{}
	for i := 0; i < 20; i++ {
		s[i%3] = append(s[i%3], i)
	}
	println(len(s[0]), len(s[1]), len(s[2]), s[1][2], len(s[7]))
	s[0][0] = 99
	println(s[0][0])
	type empty struct{}
	set := map[empty]empty{}
	set[empty{}] = empty{}
	_, ok := set[empty{}]
	println(len(set), ok)
	words := map[[2]string]int{{"a", "b"}: 1}
	words[[2]string{"a", "c"}]++
	println(words[[2]string{"a", "b"}], words[[2]string{"a", "c"}], len(words))
}

func memory() {
	m := map[int]big{}
	var b big
	b.a[3] = 5
	m[1] = b
	b.a[3] = 6
	println(m[1].a[3], m[2].a[3])
	c := m[1]
	m[1] = b
	println(c.a[3], m[1].a[3])
	h := map[string]huge{}
	println(h["x"].a[399])
	var x huge
	x.a[399] = 1
	h["x"] = x
	println(h["x"].a[399], h["y"].a[399])
	k := map[big]int{}
	k[b]++
	b.a[39] = 1
	k[b] += 5
	b.a[39] = 0
	println(k[b], len(k))
	arr := map[string][4]int{"a": {1, 2, 3, 4}}
	println(arr["a"][2], arr["b"][2], len(arr["a"]))
}

func interfaces() {
	m := map[any]int{1: 1, "1": 2, 1.0: 3, point{1, 1}: 4, square(1): 5, nil: 6, [1]int{1}: 7, true: 8}
	println(m[1], m["1"], m[1.0], m[point{1, 1}], m[square(1)], m[nil], m[[1]int{1}], m[true], m[int8(1)], len(m))
	s := map[shape]string{square(3): "three"}
	println(s[square(3)], s[square(4)] == "", s[square(3)][1])
	x, y := new(int), new(int)
	p := map[*int]int{x: 1, y: 2}
	println(p[x], p[y], p[nil])
	f := map[string]func() int{"f": func() int { return 42 }}
	println(f["f"](), f["g"] == nil)
}

func floats() {
	var zero float64
	nan := zero / zero
	m := map[float64]int{0: 1}
	m[-zero]++
	m[nan]++
	m[nan]++
	_, ok := m[nan]
	println(m[0], len(m), ok)
	delete(m, nan)
	println(len(m))
	clear(m)
	println(len(m))
	c := map[complex128]int{1i: 1, 1: 2}
	println(c[1i], c[1], c[2])
	g := map[float32]int{1.5: 1}
	println(g[1.5])
}

func nils() {
	var m map[string]int
	println(m == nil, len(m), m["x"])
	_, ok := m["x"]
	println(ok)
	delete(m, "x")
	clear(m)
	for range m {
		println("never")
	}
	m = map[string]int{}
	println(m != nil)
}

func order() {
	m := map[int]int{}
	m[trace("key", 1)] = trace("value", 2)
	m[trace("key", 1)] += trace("value", 3)
	m[trace("k1", 1)], m[trace("k2", 2)] = trace("v1", 10), trace("v2", 20)
	println(m[1], m[2])
	m[1], m[2] = m[2], m[1]
	println(m[1], m[2])
	i := 3
	i, m[i] = 4, 30
	println(i, m[3], m[4])
	_ = map[int]int{trace("a", 1): trace("b", 2), trace("c", 3): trace("d", 4)}
}

func main() {
	scalars()
	structs()
	memory()
	interfaces()
	floats()
	nils()
	order()
}
