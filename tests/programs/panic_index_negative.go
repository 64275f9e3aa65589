// A negative index.
package main

//go:noinline
func at(s string, i int) byte { return s[i] }

func main() {
	println(at("abc", 0))
	println(at("abc", -5))
}
