package p

type T struct {
	a int
	b string
}

var _ = []T{
	{1, ""},
	{a: 1, b: ""},
	{1, "", 3 /* ERROR "too many values in struct literal of type T" */ },
	{1} /* ERROR "too few values in struct literal of type T" */ ,
	{c /* ERROR "unknown field c in struct literal of type T" */ : 1},
	{a: 1, 2 /* ERROR "mixture of field:value and value elements in struct literal" */ },
	{a: 1, a /* ERROR "duplicate field name a in struct literal" */ : 2},
}
var _ = map[string]int{"a": 1, "a" /* ERROR "duplicate key \"a\" in map literal" */ : 2}
var _ = [2]int{1, 2, 3 /* ERROR "index 2 is out of bounds (>= 2)" */ }
var _ = [...]int{5: 1, 2, 5 /* ERROR "duplicate index 5 in array or slice literal" */ : 3}
var _ [7]int = [...]int{6: 1}
var _ = int /* ERROR "invalid composite literal type int" */ {}
var _ = func() int { return "" /* ERROR "cannot use \"\" (untyped string constant) as int value in return statement" */ }
