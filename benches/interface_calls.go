// Calls of methods through interfaces of several dynamic types.
//
//bench:computes
package main

type shape interface {
	area() int
	scale(by int)
}

type square struct{ side int }
type rect struct{ w, h int }
type triangle struct{ base, height int }

func (s *square) area() int      { return s.side * s.side }
func (s *square) scale(by int)   { s.side = (s.side*by)%97 + 1 }
func (r *rect) area() int        { return r.w * r.h }
func (r *rect) scale(by int)     { r.w, r.h = (r.w*by)%89+1, (r.h*by)%83+1 }
func (t *triangle) area() int    { return t.base * t.height / 2 }
func (t *triangle) scale(by int) { t.base, t.height = (t.base*by)%79+1, (t.height*by)%73+1 }

func main() {
	var shapes []shape
	for i := 0; i < 1000; i++ {
		switch i % 3 {
		case 0:
			shapes = append(shapes, &square{i%10 + 1})
		case 1:
			shapes = append(shapes, &rect{i%7 + 1, i%5 + 1})
		case 2:
			shapes = append(shapes, &triangle{i%9 + 1, i%4 + 1})
		}
	}
	total := 0
	for round := 0; round < 40000; round++ {
		for _, s := range shapes {
			total += s.area()
		}
		if round%8 == 0 {
			for _, s := range shapes {
				s.scale(round%13 + 2)
			}
		}
		total &= 0xffffff
	}
	println(total)
}
