// Statements.

package p

func _() {
	x := 1
}

func _() {
	a, b := 1, 2
}

func _() {
	a, b = b, a
}

func _() {
	x++
}

func _() {
	x--
}

func _() {
	x += 1
}

func _() {
	x &^= 1
}

func _() {
	a, b /* ERROR "syntax error: unexpected +=, expected := or = or comma" */ += 1, 2
}

func _() {
	c <- x
}

func _() {
	<-c
}

func _() {
	a, b/* ERROR "syntax error: unexpected newline, expected := or = or comma" */
}

func _() {
	a /* ERROR "syntax error: unexpected name b at end of statement" */ b
}

func _() {
	go f()
}

func _() {
	go /* ERROR "expression in go must not be parenthesized" */ (f())
}

func _() {
	defer f
}

func _() {
	defer (f)()
}

func _() {
	return
}

func _() {
	return 1, 2
}

func _() {
	var y int
}

func _() {
	const z = 1
}

func _() {
	type T int
}

func _() {
	func /* ERROR "syntax error: unexpected name g, expected (" */ g(/* ERROR "syntax error: unexpected ), expected type" */ ) /* ERROR "syntax error: unexpected { in parameter list; possibly missing comma or )" */ {}
/* ERROR "syntax error: non-declaration statement outside function body" */ }

func _() {
	;;
}

func _() {
	{ x() }
}

func _() {
	/* ERROR "syntax error: unexpected keyword import, expected }" */ import /* ERROR "syntax error: unexpected literal \"x\" after top level declaration" */ "x"
}

func _() {
	x.y := 1
}

func _() {
	(a) := 2
}

func _() {
	f() := 3
}

func _() {
	/* ERROR "syntax error: unexpected keyword else, expected }" */ else /* ERROR "syntax error: unexpected { after top level declaration" */ {}
}

func _() {
	a := b /* ERROR "syntax error: unexpected := at end of statement" */ := c
}

func _() {
	x = y /* ERROR "syntax error: unexpected = at end of statement" */ = z
}

func _() {
	/* ERROR "syntax error: unexpected ++, expected }" */ ++/* ERROR "syntax error: unexpected name x after top level declaration" */ x
}

func _() {
	x(
/* ERROR "syntax error: unexpected } in argument list; possibly missing comma or )" */ /* ERROR "syntax error: unexpected }, expected expression" */ }

func _() {
	if x { } else /* ERROR "syntax error: else must be followed by if or statement block" */ /* ERROR "syntax error: unexpected name y at end of statement" */ y
}

func _() {
	for { } /* ERROR "syntax error: unexpected keyword else at end of statement" */ else { }
/* ERROR "syntax error: non-declaration statement outside function body" */ }

func _() {
	/* ERROR "syntax error: unexpected keyword case, expected }" */ case /* ERROR "syntax error: unexpected literal 1 after top level declaration" */ 1:
}

func _() {
	break /* ERROR "syntax error: unexpected literal 1 at end of statement" */ 1
}

func _() {
	goto
/* ERROR "syntax error: unexpected }, expected name" */ }

func /* ERROR "syntax error: unexpected name _, expected (" */ _(/* ERROR "syntax error: unexpected ), expected type" */ ) /* ERROR "syntax error: unexpected { in parameter list; possibly missing comma or )" */ {
	/* ERROR "syntax error: unexpected keyword goto at end of statement" */ goto /* ERROR "syntax error: unexpected literal 1, expected name" */ 1
}
