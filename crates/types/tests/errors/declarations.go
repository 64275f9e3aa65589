package p

import "unsafe"

const a, b /* ERROR "missing init expr for b" */ = 1
const c, d = 1, 2, 3 /* ERROR "extra init expr 3" */
const e [ /* ERROR "invalid constant type []int" */]int = nil
const f = g /* ERROR "g() (value of type int) is not constant" */()

func g() int { return 0 }
func g /* ERROR "g redeclared in this block" */() int { return 1 }

var h, i = 1 /* ERROR "assignment mismatch: 2 variables but 1 value" */
var j, k = 1, 2, 3 /* ERROR "extra init expr 3" */
var l, m int = g /* ERROR "assignment mismatch: 2 variables but g returns 1 value" */()

type T struct {
	x int
	x /* ERROR "x redeclared" */ string
	int
	*int /* ERROR "int redeclared" */
	y, z int
}

func (T) y /* ERROR "field and method with the same name y" */()  {}
func (T) m1() {}
func (T) m1 /* ERROR "method T.m1 already declared at p.go:26:10" */() {}
func (*T) m2() {}
func (int /* ERROR "cannot define new methods on non-local type int" */) m3() {}
func (*unsafe /* ERROR "cannot define new methods on non-local type unsafe.Pointer" */.Pointer) m4() {}
func (undefined /* ERROR "undefined: undefined" */) m5() {}
func (t T) m6(t /* ERROR "t redeclared in this block" */ int) {}
func (t ** /* ERROR "invalid receiver type **T" */T) m7() {}

type P *int

func (P /* ERROR "invalid receiver type P (pointer or interface type)" */) m8() {}

type I interface {
	a()
	a /* ERROR "duplicate method a" */()
	_ /* ERROR "methods must have a unique non-blank name" */()
	J /* ERROR "duplicate method a" */
}

type J interface{ a(int) }

func (I /* ERROR "invalid receiver type I (pointer or interface type)" */) m9() {}

func init /* ERROR "func init must have no arguments and no return values" */() int { return 0 }
func main(x int) {}

var init /* ERROR "cannot declare init - must be func" */ = 1

func same(x, y int) (x /* ERROR "x redeclared in this block" */ int) { return 0 }

type E1 struct{ * /* ERROR "embedded field type cannot be a pointer to an interface" */I }
type E2 struct{ P /* ERROR "embedded field type cannot be a pointer" */ }
type E3 struct{ unsafe /* ERROR "embedded field type cannot be unsafe.Pointer" */.Pointer }

var u1 undefined /* ERROR "undefined: undefined" */
var u2 = undefined /* ERROR "undefined: undefined" */
var u3 unsafe.undefined /* ERROR "undefined: unsafe.undefined" */
var u4 g /* ERROR "g (function) is not a type" */
var u5 T.x /* ERROR "T.x is not a type" */
var _ = iota /* ERROR "cannot use iota outside constant declaration" */
var _ = init /* ERROR "undefined: init" */
var u6 [n1 /* ERROR "undefined array length n1 or missing type constraint" */]int
var u7 [g /* ERROR "array length g() (value of type int) must be constant" */()]int
var u8 [- /* ERROR "invalid array length -1 (untyped int constant)" */1]int
var u9 [1.5 /* ERROR "array length 1.5 (untyped float constant) must be integer" */]int
var u10 [ /* ERROR "invalid use of [...] array (outside a composite literal)" */...]int
var u11 map[[ /* ERROR "invalid map key type []int" */]int]int
var u12 map[func( /* ERROR "invalid map key type func()" */)]int
