// Appending the elements of a new slice makes no such slice.
package main

import (
	"fmt"
	"testing"
)

type pair struct {
	name *string
	n    int8
}

func try(what string, f func() any) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(what, r)
		}
	}()
	fmt.Println(what, f())
}

func main() {
	n := 100
	room := make([]int, 0, n)
	fmt.Println(testing.AllocsPerRun(10, func() { room = append(room[:0], make([]int, n)...) }))
	full := make([]int, n)
	one := testing.AllocsPerRun(10, func() { room = append([]int(nil), full...) })
	fmt.Println(testing.AllocsPerRun(10, func() { room = append([]int(nil), make([]int, n)...) })-one, len(room))

	// What was behind the length becomes zero.
	old := []int{1, 2, 3, 4, 5}
	more := append(old[:2], (make([]int, 2))...)
	fmt.Println(old, more, len(more), cap(more))
	s := "x"
	pairs := append([]pair{{&s, 1}, {&s, 2}}[:1], make([]pair, 3)...)
	fmt.Println(len(pairs), *pairs[0].name, pairs[1:])
	fmt.Println(append([]struct{}{}, make([]struct{}, 7)...))
	fmt.Println(append([]byte("ab"), make([]byte, 3, 9)...))

	minus, large := -1, 1<<30
	try("negative", func() any { return len(append(old, make([]int, minus)...)) })
	try("large", func() any { return len(append(old, make([]int, large)...)) })
}
