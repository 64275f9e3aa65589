// Defined types, aliases, local types, conversions between types of one underlying type, recursive types.
package main

type meters float64
type feet float64

type alias = meters

type ints []int
type fn func(int) fn

type tree struct {
	kids []tree
	n    int
}

func (t tree) total() int {
	sum := t.n
	for _, k := range t.kids {
		sum += k.total()
	}
	return sum
}

type color uint8

const (
	red color = iota + 1
	green
)

func (c color) String() string {
	if c == red {
		return "red"
	}
	return "green"
}

type vec = [3]int

type set[T comparable] = []T

func count(n int) fn {
	print(n, " ")
	return func(m int) fn { return count(n + m) }
}

func main() {
	m := meters(3)
	f := feet(m * 3.28)
	var al alias = m
	println(m, f, al, al == m)
	type local struct{ x int }
	l := local{1}
	type other struct{ x int }
	o := other(l)
	println(o.x, l.x)
	is := ints{1, 2, 3}
	var plain []int = is
	println(len(plain), len(ints(plain)[1:]))
	count(1)(2)(3)
	println()
	t := tree{n: 1, kids: []tree{{n: 2}, {n: 3, kids: []tree{{n: 4}}}}}
	println(t.total())
	println(red, green.String(), color(1).String(), red+1 == green)
	v := vec{1, 2, 3}
	println(v == [3]int{1, 2, 3}, len(set[int]{1, 2}))
	var i interface{ String() string } = red
	_, isColor := i.(color)
	println(isColor, i.String())
	type bytes []byte
	b := bytes("abc")
	println(string(b), string(bytes{'x', 'y'}))
	anon := struct{ x int }{5}
	l = anon
	println(l.x)
}
