// print and println of every kind of argument.
package main

type b bool
type s string
type i int16
type f float32

func main() {
	println()
	print()
	print("no newline", 1, 2, "\n")
	println(true, false, b(true), s("str"), i(-3), f(0.5))
	println('a', "\u00e9", 1<<20, -1, 0)
	println(uint8(1), int8(-1), uintptr(7), rune(8), byte(9))
	println(int64(-1<<63), uint64(1<<64-1))
	println(nil == any(nil), []int(nil) == nil)
	var p *int
	var e any
	println(p, e, p == nil)
	println(len(""), "", "x", "")
	print(1.5, "a", true, 'b', "\n")
	println(1+2i, complex64(0.5i))
	println("a\x00b", "line1\nline2")
}
