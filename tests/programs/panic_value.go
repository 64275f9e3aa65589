// A panic with a value of a defined type prints type and value.
package main

type code int

func main() {
	println("ready")
	panic(code(42))
}
