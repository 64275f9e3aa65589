package p

type T struct{ x int }

func (T) value()    {}
func (*T) pointer() {}

type I interface{ pointer() }

func f(a int, b ...string) int { return a }

func calls(t T, p *T, i I, pi *I) {
	f /* ERROR "not enough arguments in call to f" */ ()
	f(1, 2 /* ERROR "cannot use 2 (untyped int constant) as string value in argument to f" */ )
	f(1, []string{}...)
	f(1, "a", [ /* ERROR "too many arguments in call to f" */ ]string{}...)
	t.pointer()
	T{}.pointer /* ERROR "cannot call pointer method pointer on T" */ ()
	t.missing /* ERROR "t.missing undefined (type T has no field or method missing)" */ ()
	t.Value /* ERROR "t.Value undefined (type T has no field or method Value, but does have method value)" */ ()
	pi.pointer /* ERROR "pi.pointer undefined (type *I is pointer to interface, not interface)" */ ()
	i = p
	i = t /* ERROR "cannot use t (variable of struct type T) as I value in assignment: T does not implement I (method pointer has pointer receiver)" */
	t /* ERROR "invalid operation: cannot call t (variable of struct type T): T is not a function" */ ()
	f /* ERROR "f(1) + 0 (value of type int) is not used" */ (1) + 0
	defer int /* ERROR "defer requires function call, not conversion int(1) (constant 1 of type int)" */ (1)
	defer len /* ERROR "defer discards result of len(\"\") (constant 0 of type int)" */ ("")
	_ = T.pointer /* ERROR "invalid method expression T.pointer (needs pointer receiver (*T).pointer)" */
	_ = (*T).pointer
}
