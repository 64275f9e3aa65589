// Reading through a nil pointer.
package main

type t struct {
	pad [100]int
	x   *t
}

//go:noinline
func read(p *t) *t { return p.x }

func main() {
	println(read(&t{}) == nil)
	println(read(nil) == nil)
}
