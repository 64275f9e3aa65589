// Type switches over concrete types, interfaces, nil, lists and defaults.
package main

type stringer interface{ String() string }

type id int

func (i id) String() string { return "id" }

type pair struct{ a, b int }

func classify(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case int:
		if x > 10 {
			return "big int"
		}
		return "int"
	case int8, int16:
		if _, ok := x.(int8); ok {
			return "int8"
		}
		return "int16"
	case string:
		return "string " + x
	case []int:
		return "slice"
	case func() int:
		if x() == 3 {
			return "func of 3"
		}
		return "func"
	case *pair:
		x.a++
		return "*pair"
	case pair:
		if x.a == 1 {
			return "pair 1"
		}
		return "pair"
	case stringer:
		return "stringer " + x.String()
	case error:
		return "error"
	case [2]bool:
		return "array"
	default:
		return "other"
	}
}

type myErr struct{}

func (myErr) Error() string { return "e" }

func main() {
	p := &pair{1, 2}
	for _, v := range []any{nil, 1, 11, int8(1), int16(2), int32(3), "s", []int{1}, func() int { return 3 }, p, *p, id(4), myErr{}, [2]bool{}, 1.5, p} {
		println(classify(v))
	}
	println(p.a)
	var s stringer = id(1)
	switch s.(type) {
	case id:
		println("id")
	}
	switch y := any(s).(type) {
	case interface{ Foo() }:
		println("foo")
	case stringer:
		println(y.String())
	}
	switch any(3).(type) {
	default:
		println("default first")
	case string:
		println("no")
	}
}
