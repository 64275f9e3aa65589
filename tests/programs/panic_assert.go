// A type assertion that does not hold.
package main

type t struct{}

func main() {
	var v any = "text"
	println(v.(string))
	println(v.(int))
}
