// Calling a method of a nil interface.
package main

type s interface{ m() }

//go:noinline
func call(v s) { v.m() }

func main() {
	println("before")
	call(nil)
}
