// A type assertion to an interface whose method is missing.
package main

type t struct{}

type m interface{ missing() }

func main() {
	var v any = t{}
	_, ok := v.(m)
	println(ok)
	v.(m).missing()
}
