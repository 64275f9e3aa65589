// One mistake should give one error, and what follows should be understood.

package p

func a() {
	x := f(1, 2/* ERROR "syntax error: unexpected newline in argument list; possibly missing comma or )" */
	y := 3
}

func b() {
	if x {
		y(
	/* ERROR "syntax error: unexpected } in argument list; possibly missing comma or )" */ /* ERROR "syntax error: unexpected }, expected expression" */ }
}

func c() {
	for i := 0; i < 10; i++/* ERROR "syntax error: unexpected newline, expected { after for clause" */
	{
	}
}

func d() {
	x := []int{
		1,
		2/* ERROR "syntax error: unexpected newline in composite literal; possibly missing comma or }" */
	}
}

func e() {
	x := map[string]int{"a": 1 /* ERROR "syntax error: unexpected literal \"b\" in composite literal; possibly missing comma or }" */ "b": 2}
}

type T struct {
	x int
	y
	z string/* ERROR "syntax error: unexpected comma in struct type; possibly missing semicolon or newline or }" */ ,
	w int
}

type I interface {
	m(
	n(/* ERROR "syntax error: unexpected ), expected type" */ )/* ERROR "syntax error: unexpected newline in parameter list; possibly missing comma or )" */
}

func g() (
	int/* ERROR "syntax error: unexpected newline in parameter list; possibly missing comma or )" */
) {
}

func h() { return 1 /* ERROR "syntax error: unexpected literal 2 at end of statement" */ 2 }

func i(x int) { x. /* ERROR "syntax error: unexpected }, expected name or (" */ }

func /* ERROR "syntax error: unexpected name j, expected (" */ j(/* ERROR "syntax error: unexpected ), expected type" */ ) /* ERROR "syntax error: unexpected { in parameter list; possibly missing comma or )" */ {
	/* ERROR "syntax error: unexpected keyword switch at end of statement" */ switch x {
	case 1/* ERROR "syntax error: unexpected newline, expected :" */
		f()
	}
}

func k() {
	var x = 
	y /* ERROR "syntax error: unexpected := at end of statement" */ := 1
}

func l() {
