package p

type S struct{ f func() }

func ops(i int, u uint8, f float64, s string, b bool, p *int, fn func(), st S, e any) {
	_ = i /* ERROR "invalid operation: i + u (mismatched types int and uint8)" */ + u
	_ = s /* ERROR "invalid operation: operator - not defined on s (variable of type string)" */ - s
	_ = !i /* ERROR "invalid operation: operator ! not defined on i (variable of type int)" */
	_ = f /* ERROR "invalid operation: operator % not defined on f (variable of type float64)" */ % f
	_ = b /* ERROR "invalid operation: b < b (operator < not defined on bool)" */ < b
	_ = fn /* ERROR "invalid operation: fn == fn (func can only be compared to nil)" */ == fn
	_ = st /* ERROR "invalid operation: st == st (struct containing func() cannot be compared)" */ == st
	_ = i == nil /* ERROR "invalid operation: i == nil (mismatched types int and untyped nil)" */
	_ = e == i
	_ = *i /* ERROR "invalid operation: cannot indirect i (variable of type int)" */
	_ = &1 /* ERROR "invalid operation: cannot take address of 1 (untyped int constant)" */
	_ = 1 << f /* ERROR "invalid operation: shift count f (variable of type float64) must be integer" */
	_ = f /* ERROR "invalid operation: shifted operand f (variable of type float64) must be integer" */ << 1
	_ = i << - /* ERROR "invalid operation: negative shift count -1 (untyped int constant)" */ 1
	_ = i / 0 /* ERROR "invalid operation: division by zero" */
	var _ float64 = 1 /* ERROR "invalid operation: shifted operand 1 (type float64) must be integer" */ << i
	_ = <-i /* ERROR "invalid operation: cannot receive from non-channel int i (variable of type int)" */
	_ = p
}
