// Slice bounds out of range: in the wrong order, of a string.
package main

//go:noinline
func cut(s string, i, j int) string { return s[i:j] }

func main() {
	println(cut("hello", 1, 3))
	println(cut("hello", 3, 1))
}
