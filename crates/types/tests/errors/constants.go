package p

const (
	big         = 1 << 100
	small int8  = 127
	a           = big >> 98
	b     uint8 = 256 /* ERROR "cannot use 256 (untyped int constant) as uint8 value in constant declaration (overflows)" */
	c           = small /* ERROR "small + 1 (constant 128 of type int8) overflows int8" */ + 1
	d           = 1 / 0 /* ERROR "invalid operation: division by zero" */
	e     int   = 1.5 /* ERROR "cannot use 1.5 (untyped float constant) as int value in constant declaration (truncated)" */
	f           = -1 << /* ERROR "constant shift overflow" */ 600
	g           = ^uint8(0)
	h           = "a" /* ERROR "invalid operation: \"a\" + 1 (mismatched types untyped string and untyped int)" */ + 1
	i           = len([10]int{})
	j           = 'a' + 1.0
)

var v int = 3

const notConst = v /* ERROR "v (variable of type int) is not constant" */

var arr [a]int
var _ = arr[4 /* ERROR "invalid argument: index 4 out of bounds [0:4]" */ ]
var _ int8 = 1 /* ERROR "cannot use 1 << 7 (untyped int constant 128) as int8 value in variable declaration (overflows)" */ << 7
var _ float32 = 1e39 /* ERROR "cannot use 1e39 (untyped float constant 1e+39) as float32 value in variable declaration (overflows)" */
var _ = uint(- /* ERROR "constant -1 overflows uint" */ 1)
var _ int = 1 /* ERROR "cannot use 1 << 31 (untyped int constant 2147483648) as int value in variable declaration (overflows)" */ << 31
