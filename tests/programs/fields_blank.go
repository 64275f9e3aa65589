// Blank fields keep nothing of what literals give them, wherever the literal stands.
package main

import "reflect"

type small struct{ a, _, c int }

type big struct {
	a [3]int
	_ [2]int
	c int
}

var static = small{1, 2, 3}

var staticBig = big{[3]int{1, 2, 3}, [2]int{4, 5}, 6}

//go:noinline
func called(n int) int {
	println("called", n)
	return n
}

func main() {
	x := small{1, called(2), 3}
	y := big{[3]int{1, 2, 3}, [2]int{4, called(5)}, 6}
	z := &small{called(1), 2, 3}
	println(reflect.ValueOf(static).Field(1).Int(), reflect.ValueOf(staticBig).Field(1).Index(1).Int())
	println(reflect.ValueOf(x).Field(1).Int(), reflect.ValueOf(y).Field(1).Index(1).Int())
	println(reflect.ValueOf(z).Elem().Field(1).Int(), reflect.ValueOf(z).Elem().Field(2).Int())

	// Hashes made at run time are those of compiled code.
	type key struct {
		a, b int32
		_    int32
		c    float64
		d    struct{}
		e, f int32
	}
	m := reflect.MakeMap(reflect.MapOf(reflect.TypeFor[key](), reflect.TypeFor[bool]()))
	k := key{a: 1, b: 2, c: 3, e: 4, f: 5}
	m.SetMapIndex(reflect.ValueOf(k), reflect.ValueOf(true))
	type named map[key]bool
	var n named
	reflect.ValueOf(&n).Elem().Set(m)
	println(n[k], len(n), reflect.TypeFor[struct{}]().PkgPath() == "")
}
