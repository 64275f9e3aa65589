// Type parameters against array lengths: what a bracket after a type's name means.

package p

type A[P any] struct{}
type B[P *C] int
type C[P *C,] int
type D[P *C, Q any] int
type E[P *C|Q] int
type F[P *struct{}] int
type G[P (C)] int
type H[P (C),] int
type I[P ([]int)] int
type J[P []int] int
type K[P [3]int] int
type L[P ~int] int
type M[P interface{ m() } | ~string] int
type N[P a.B] int
type O[P a.B, Q, R any] int
type P[P Q[int]] int
type Q[P func(int) string] int
type R[P chan int] int
type S[P map[int]string] int
type T[P, Q any] = map[P]Q
type U[P any] = []P
type V[] int
type W[P] int
type X[P,/* ERROR "syntax error: missing type constraint" */ ] int
type Y[P,Q/* ERROR "syntax error: missing type constraint" */ ] int
type Z[P *C|D|~E] int

type AA[P any, Q/* ERROR "syntax error: missing type constraint" */ ] int
type AB[any, Q any] int
type AC[P /* ERROR "invalid use of ..." */ ...int] int
type AD[(P)] int
type AE[P C] [P]int
type AF [a, b/* ERROR "syntax error: missing type constraint" */ ]int

func f[P any, Q interface{}](x P, y Q) {}
func g[P, Q/* ERROR "syntax error: missing type constraint" */ ]() {}
func h[/* ERROR "syntax error: empty type parameter list" */ ]() {}
func i[/* ERROR "syntax error: missing type parameter name or invalid array length" */ ~int]() {}
func j[P ~[]E, E any | int | ~string]() {}
func k[/* ERROR "syntax error: missing type parameter name or invalid array length" */ *P /* ERROR "syntax error: unexpected name any in parameter list; possibly missing comma or ]" */ any]() {}

var _ = f[int]
var _ = f[int, string](1, "")
var _ = f[[]int, map[string]int]
var _ = f[/* ERROR "syntax error: unexpected ], expected operand" */ ]
var _ = x[i,]
var _ = x[*T, []int]
var _ = (func/* ERROR "syntax error: function type must have no type parameters" */ [P any]())(nil)
