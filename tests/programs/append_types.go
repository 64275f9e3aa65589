// Capacities after append for elements of several sizes.
package main

type pair struct {
	a int32
	b string
}

type three [3]byte

func grow[T any](name string, n int) {
	var s []T
	var v T
	last := 0
	print(name)
	for range n {
		s = append(s, v)
		if cap(s) != last {
			last = cap(s)
			print(" ", last)
		}
	}
	println()
}

func main() {
	grow[byte]("byte", 600)
	grow[int16]("int16", 600)
	grow[int32]("int32", 600)
	grow[string]("string", 600)
	grow[pair]("pair", 300)
	grow[three]("three", 300)
	grow[*int]("pointer", 600)
	grow[any]("any", 100)
	grow[struct{}]("empty", 3)
	b := append([]byte("hello"), " world, this is long"...)
	println(len(b), cap(b))
	b = append([]byte(nil), make([]byte, 100)...)
	println(len(b), cap(b))
}
