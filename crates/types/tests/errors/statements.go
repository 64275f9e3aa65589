package p

func statements(i int, e any, c <-chan int, s []int, it func(func(int) bool)) {
	if i /* ERROR "non-boolean condition in if statement" */ {
	}
	for i /* ERROR "non-boolean condition in for statement" */ {
	}
	switch i {
	case 1:
	case "a" /* ERROR "cannot convert \"a\" (untyped string constant) to type int" */ :
	case 1 /* ERROR "duplicate case 1 (constant of type int) in expression switch" */ :
	}
	switch x /* ERROR "x declared and not used" */ := e.(type) {
	case int:
	case int /* ERROR "duplicate case int in type switch" */ :
	}
	switch i /* ERROR "i (variable of type int) is not an interface" */ .(type) {
	}
	for range it {
	}
	for range i {
	}
	for i, j /* ERROR "range over i (variable of type int) permits only one iteration variable" */ := range i {
		_, _ = i, j
	}
	for range 1.5 /* ERROR "cannot range over 1.5 (untyped float constant)" */ {
	}
	c /* ERROR "invalid operation: cannot send to receive-only channel <-chan int c (variable of type <-chan int)" */ <- 1
	select {
	case i /* ERROR "select case must be send or receive (possibly with assignment)" */ = 1:
	case i = <-c:
	}
	i /* ERROR "i (variable of type int) is not used" */
	len /* ERROR "len (built-in) must be called" */
	int /* ERROR "int (type) is not an expression" */
	_ = s["" /* ERROR "cannot convert \"\" (untyped string constant) to type int" */ ]
	_ = s[2:1 /* ERROR "invalid slice indices: 1 < 2" */ ]
	_ = i[ /* ERROR "cannot index i (variable of type int)" */ 0]
}

func nonNames() {
	var x struct{ y int }
	x /* ERROR "non-name x.y on left side of :=" */ .y := 1
	( /* ERROR "non-name (x) on left side of :=" */ x) := x
	for a, b, c /* ERROR "range clause permits at most two iteration variables" */ := range []int{} {
		_, _ = a, b
	}
}
