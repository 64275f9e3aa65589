// Elements of arrays that have none: every index is out of range, whatever the elements are made of.
package main

type point struct{ x, y, z int }

func funcs() [0]func() { return [0]func(){} }
func points() [0]point { return [0]point{} }

func try(name string, f func()) {
	defer func() { println(name, recover().(error).Error()) }()
	f()
	println(name, "returned")
}

func main() {
	i := len(funcs())
	try("function", func() { funcs()[i]() })
	try("field of a result", func() { println(points()[i].z) })
	try("field", func() {
		var a [0]point
		a[i].y++
	})
	try("pointer", func() {
		p := new([0]point)
		p[i+1].x = 2
	})
	try("range", func() {
		for range points() {
			println("never")
		}
		panic(error(done{}))
	})
}

type done struct{}

func (done) Error() string { return "is over" }
