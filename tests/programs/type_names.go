// The names of types: those declared in functions, generic or not, as type arguments and by themselves.
package main

import (
	"fmt"
	"unsafe"
)

type G[A, B any] struct{}

type outer struct{ n int }

func f[A any]() {
	type local struct{}
	type pair[B any] struct{}
	fmt.Printf("%T %T %T\n", local{}, pair[int]{}, pair[A]{})
	fmt.Printf("%T %T\n", G[A, local]{}, []pair[local]{})
}

func main() {
	type local int
	type again = local
	type other int
	fmt.Printf("%T %T %T\n", local(0), other(0), again(0))
	fmt.Printf("%T %T\n", G[local, other]{}, map[again]G[int, *outer]{})
	fmt.Printf("%T %T\n", G[struct{ n int }, []string]{}, G[func(int, string) error, map[outer]bool]{})
	fmt.Printf("%T\n", unsafe.Pointer(nil))
	f[int]()
	f[local]()
	{
		type local string
		f[local]()
		fmt.Printf("%T\n", G[local, local]{})
	}
}
