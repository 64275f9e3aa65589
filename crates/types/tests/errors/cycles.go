package p

import "unsafe"

type A /* ERROR "invalid recursive type: A refers to itself" */ A
type B /* ERROR "invalid recursive type B" */ C
type C B
type D /* ERROR "invalid recursive type: D refers to itself" */ struct{ d D }
type E /* ERROR "invalid recursive type E" */ struct{ f F }
type F [2]E
type G /* ERROR "invalid recursive type: G refers to itself" */ interface{ G }
type H /* ERROR "invalid recursive type H" */ interface{ K }
type K interface{ H }
type L /* ERROR "invalid recursive type: L refers to itself" */ = L
type M /* ERROR "invalid recursive type: M refers to itself" */ = []M
type N /* ERROR "invalid recursive type: N refers to itself" */ = struct{ n *N }
type O /* ERROR "invalid recursive type O" */ [len(o)]int

var o O

var x /* ERROR "initialization cycle for x" */ = y
var y = x
var z /* ERROR "initialization cycle for z" */ = f()

func f() int { return g() }
func g() int { return z }

const c1 /* ERROR "initialization cycle for c1" */ = c2
const c2 = c1

type S /* ERROR "invalid recursive type: S refers to itself" */ struct {
	a [unsafe.Sizeof(S{})]int
}

type Q[P any] struct{ q Q /* ERROR "invalid recursive type: Q refers to itself" */[P] }
type R[P any] [2]R /* ERROR "invalid recursive type: R refers to itself" */[*P]
type U[P any] U /* ERROR "invalid recursive type: U refers to itself" */[P]

var v /* ERROR "initialization cycle for v" */, w = w, v

func h() int { var p = h(); return p }

var r /* ERROR "initialization cycle for r" */ = s()

func s() func() int { return func() int { return r() } }
