// A panic with a number prints its type.
package main

func main() {
	var v any = 3
	if v == 3 {
		panic(v)
	}
}
