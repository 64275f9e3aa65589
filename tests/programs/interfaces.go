// Interfaces: dynamic calls, comparison, nil, conversion between interfaces, method sets of pointers and values.
package main

type shape interface {
	area() float64
	name() string
}

type square struct{ side float64 }

func (s square) area() float64 { return s.side * s.side }
func (s square) name() string  { return "square" }

type circle struct{ r float64 }

func (c *circle) area() float64 { return 3 * c.r * c.r }
func (c *circle) name() string  { return "circle" }

type number int

func (n number) area() float64 { return float64(n) }
func (n number) name() string  { return "number" }

type namer interface{ name() string }

type failure struct{ code int }

func (f failure) Error() string { return "failure" }

func try(fail bool) error {
	if fail {
		return failure{3}
	}
	return nil
}

func typed() error {
	var f *failureP
	return f
}

type failureP struct{}

func (*failureP) Error() string { return "pointer" }

func main() {
	shapes := []shape{square{2}, &circle{1}, number(7)}
	total := 0.0
	for _, s := range shapes {
		total += s.area()
		print(s.name(), " ")
	}
	println(total)
	var n namer = shapes[1]
	println(n.name())
	println(shapes[0] == square{2}, shapes[0] == square{3}, shapes[1] == shapes[1], shapes[2] == number(7), shapes[0] == shapes[2])
	var e any = 1
	println(e == 1, e == int64(1), e == "1", e != nil)
	e = "s"
	println(e == "s", e.(string))
	e = nil
	println(e == nil)
	err := try(true)
	println(err != nil, err.Error(), err == failure{3}, err == failure{4})
	println(try(false) == nil, typed() == nil)
	f := shapes[0].area
	g := shape.name
	println(f(), g(shapes[1]))
	var a, b any = [2]int{1, 2}, [2]int{1, 2}
	println(a == b)
	a, b = struct {
		x int
		s string
	}{1, "a"}, struct {
		x int
		s string
	}{1, "a"}
	println(a == b)
	c := &circle{2}
	a, b = c, c
	println(a == b, a == any(&circle{2}))
	var s shape = square{5}
	sq := s.(square)
	sq.side = 1
	println(s.area(), sq.area())
	x, ok := s.(*circle)
	println(x == nil, ok)
	_, ok = e.(shape)
	println(ok)
	e = int8(-5)
	i8, ok := e.(int8)
	println(i8, ok)
	e = uint64(1 << 63)
	println(e.(uint64))
	e = 2.5
	println(e.(float64))
	e = true
	println(e.(bool), e == true)
}
