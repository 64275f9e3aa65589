// An assignment to an element of a nil map panics, after its operands have been evaluated (Map types).
package main

func value() int {
	println("value")
	return 1
}

func main() {
	var m map[string]int
	println(m["x"])
	m["x"] = value()
}
