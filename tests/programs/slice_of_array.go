// Slice expressions of arrays break the array's length, of slices their capacity; len and range evaluate what may
// panic of operands that are variables; memory behind the end of the address space is no part of a slice.
package main

import "unsafe"

func try(name string, f func()) {
	defer func() {
		switch e := recover().(type) {
		case nil:
			println(name, "ends")
		case error:
			println(name, e.Error())
		}
	}()
	f()
}

//go:noinline
func null() *[4]int { return nil }

var nilVar *[4]int

func main() {
	a := [3]int{1, 2, 3}
	p := &a
	s := make([]int, 2, 3)
	i, u := 4, uint64(1<<63)
	try("array", func() { _ = a[:i] })
	try("array u", func() { _ = a[:u] })
	try("pointer", func() { _ = p[1:i] })
	try("array 3", func() { _ = a[:1:i] })
	try("array 3 u", func() { _ = p[:1:u] })
	try("slice", func() { _ = s[:i] })
	try("slice 3", func() { _ = s[:1:i] })

	try("len of call", func() { println(len(*null())) })
	try("len of pointer", func() { println(len(null())) })
	try("len of var", func() { println(len(*nilVar)) })
	try("range of call", func() {
		for i := range *null() {
			println(i)
		}
	})
	try("range of var", func() {
		for range *nilVar {
			print(".")
		}
	})
	try("range of pointer", func() {
		for range nilVar {
			print(".")
		}
		println()
	})

	last := (*byte)(unsafe.Pointer(^uintptr(0)))
	n := 1
	try("last byte", func() { println(len(unsafe.Slice(last, n)), len(unsafe.String(last, n))) })
	n = 2
	try("slice beyond", func() { _ = unsafe.Slice(last, n) })
	try("string beyond", func() { _ = unsafe.String(last, n) })
	try("words beyond", func() { _ = unsafe.Slice((*uint32)(unsafe.Pointer(last)), 1) })
}
