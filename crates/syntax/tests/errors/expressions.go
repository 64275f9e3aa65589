// Expressions.

package p

var a = 1 + * x
var b = f(1, 2,)
var c = f(1 /* ERROR "syntax error: unexpected literal 2 in argument list; possibly missing comma or )" */ 2)
var d = f(xs...)
var e = f(xs..., /* ERROR "syntax error: unexpected literal 1, expected )" */ 1/* ERROR "syntax error: unexpected ) after top level declaration" */ )
var f = x[/* ERROR "syntax error: unexpected ], expected operand" */ ]
var g = x[1:2:3]
var h = x[:2:3]
var i = x[:/* ERROR "middle index required in 3-index slice" */ :3]
var j = x[:2:/* ERROR "final index required in 3-index slice" */ ]
var k = x[:/* ERROR "middle index required in 3-index slice" */ :/* ERROR "final index required in 3-index slice" */ ]
var l = x[1 /* ERROR "syntax error: unexpected literal 2, expected comma, : or ]" */ 2]
var m = x.(T)
var n = x.(type)
var o = x/* ERROR "syntax error: unexpected literal .1 after top level declaration" */ .1
var p = (1/* ERROR "syntax error: unexpected newline, expected )" */

/* ERROR "syntax error: unexpected keyword var after top level declaration" */ var q = T{1, 2}
var r = T{1: 2, a: b, {3, 4}, {5}: {6}}
var s = (T)/* ERROR "syntax error: cannot parenthesize type in composite literal" */ {}
var t = []int{1, 2/* ERROR "syntax error: unexpected newline in composite literal; possibly missing comma or }" */
}
var u = &T{}
var v = &(T{})
var w = [...]int{1}
var x = map[int]int{}
var y = struct{ a int }{1}
var z = f{1}/* ERROR "syntax error: unexpected { after top level declaration" */ {2}

var aa = <-c
var ab = -+!^&x
var ac = func() {}()
var ad = func(x int) int { return x }
var ae = x == y == z
var af = a || b && c == d + e * f << g
var ag = x.y.z[1](2).(T)[3:4]
var ah = []func(){}
var ai = interface{}(nil)
var aj = ~x
var ak = x /* ERROR "syntax error: unexpected ... after top level declaration" */ ... y
var al = x ? /* ERROR "syntax error: unexpected name y after top level declaration" */ y : z // ERROR "invalid character U+003F '?'"
var am = a /* ERROR "syntax error: unexpected = after top level declaration" */ = b
var an = !
