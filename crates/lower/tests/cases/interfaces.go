// Decision record 0004: interface values, itabs, methods in them, type switches, comparison.
//
// show: main.sum main.area main.box main.kind main.square.area·i main.named.area·i
// data: itab:main.square,interface { main.area() int }
// data: itab:*main.circle,interface { main.area() int }
// call: main.sum 3 = 22
// call: main.kinds = 1234
// call: main.equal 5 5 = 1
// call: main.equal 5 6 = 0
package main

type shape interface{ area() int }

type square struct{ side int }

func (s square) area() int { return s.side * s.side }

type circle struct{ r int }

func (c *circle) area() int { return 3 * c.r }

type named struct{ square }

func area(s shape) int { return s.area() }

func box(n int) any { return n }

func sum(n int) int {
	return area(square{n}) + area(&circle{n}) + area(named{square{2}})
}

func kind(x any) int {
	switch x := x.(type) {
	case nil:
		return 1
	case int:
		return x
	case string, bool:
		return 3
	default:
		return 4
	}
}

func kinds() int {
	return 1000*kind(nil) + 100*kind(2) + 10*kind("") + kind('x')
}

func equal(a, b int) bool { return box(a) == box(b) }

func main() {
	_, _, _ = sum, kinds, equal
}
