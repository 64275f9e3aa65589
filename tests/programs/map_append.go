// m[k] = append(m[k], x) looks the element up once, behind its operands; so do operators that assign.
package main

type key struct {
	a int8
	s string
}

type holder struct {
	m    map[string][]int
	next *holder
	at   [2]map[int][]string
}

var m = map[string][]int{}

func add(k string, x int) int {
	m[k] = append(m[k], x)
	return x * 10
}

func boom() int { panic("boom") }

func try(name string, f func()) {
	defer func() {
		e := recover()
		if err, ok := e.(error); ok {
			println(name, err.Error())
		} else if s, ok := e.(string); ok {
			println(name, s)
		} else {
			println(name, "ends")
		}
	}()
	f()
}

func show(name string, s []int) {
	print(name, ":")
	for _, x := range s {
		print(" ", x)
	}
	println()
}

func main() {
	m["a"] = append(m["a"], 1, 2)
	m["a"] = append(m["a"], add("a", 3))
	show("a", m["a"])
	k := "b"
	m[k] = append((m[k]), add(k, 4), add("b", 5))
	m[k+"b"] = append(m[k+"b"], m[k]...)
	show("b", m["b"])
	show("bb", m["bb"])
	try("boom", func() { m["c"] = append(m["c"], boom()) })
	_, ok := m["c"]
	println(ok, len(m))
	try("op", func() { m["d"] = append(m["d"], 1/len(m["c"])) })
	_, ok = m["d"]
	println(ok, len(m))

	var none map[string][]int
	try("nil", func() { none["x"] = append(none["x"], 1) })
	try("nil, boom", func() { none["x"] = append(none["x"], boom()) })
	try("nothing", func() { none["x"] = append(none["x"]) })
	try("spread", func() { none["x"] = append(none["x"], none["y"]...) })

	h := &holder{m: map[string][]int{}}
	h.next = h
	h.at[1] = map[int][]string{}
	for i := range 20 {
		h.next.m["n"] = append(h.next.m["n"], i, len(h.m["n"]))
		h.at[i&1|1][i/7] = append(h.at[i&1|1][i/7], "s")
	}
	show("n", h.m["n"])
	println(len(h.at[1][0]), len(h.at[1][1]), len(h.at[1][2]), len(h.at[1]))
	try("index", func() { i := 2; h.at[i][0] = append(h.at[i][0], "x") })

	keys := map[key][]float64{}
	for i := range 10 {
		keys[key{int8(i % 3), "k"}] = append(keys[key{int8(i % 3), "k"}], float64(i))
		q := key{int8(i % 4), "q"}
		keys[q] = append(keys[q], 1, 2)
	}
	println(len(keys), len(keys[key{0, "k"}]), len(keys[key{1, "q"}]), keys[key{2, "k"}][1] == 5)
	any := map[any][]int{}
	try("unhashable", func() { var k interface{} = []int{}; any[k] = append(any[k], boom()) })
	try("unhashable", func() { var k interface{} = []int{}; any[k] = append(any[k], 1) })

	n := map[string]int{}
	change := func() int { n["x"] = 100; return 1 }
	n["x"] += change()
	n["y"] -= n["x"]
	try("shift", func() { n["z"] <<= n["y"] })
	try("boom", func() { n["w"] |= boom() })
	try("div", func() { n["v"] /= n["none"] })
	println(len(n), n["x"], n["y"])
	s := map[string]string{"s": "a"}
	twice := func() string { s["s"] += "b"; return "c" }
	s["s"] += twice()
	println(s["s"])
}
