// Types of every form.

package p

type A [10]int
type B [...]int
type C []/* ERROR "syntax error: unexpected newline, expected type" */
type D map[int]/* ERROR "syntax error: unexpected newline, expected type" */
type E map /* ERROR "syntax error: unexpected name int, expected [" */ int/* ERROR "syntax error: unexpected newline, expected ]" */ /* ERROR "syntax error: unexpected newline, expected type" */
/* ERROR "syntax error: unexpected keyword type, expected type" */ type F chan
type G <-int
type H <-chan<- /* ERROR "syntax error: unexpected name int, expected keyword chan" */ int/* ERROR "syntax error: missing channel element type" */
type I <-chan <-chan int
type J chan<- chan<- int
type K func(int/* ERROR "syntax error: unexpected newline in parameter list; possibly missing comma or )" */
type L struct { x int, y int /* ERROR "syntax error: unexpected } after top level declaration" */ }
type M struct { /* ERROR "syntax error: cannot parenthesize embedded type" */ (T) }
type N struct { */* ERROR "syntax error: cannot parenthesize embedded type" */ (T) }
type O struct { x.y "tag"; *x.y; T[int]; a [3]int; b, c []int; d T[int] }
type P interface { m(); T; ~int | string; m/* ERROR "interface method must have no type parameters" */ [Q any](); x.y }
type Q interface { m[/* ERROR "empty type parameter list" */ ](); T[/* ERROR "empty type argument list" */ ] }
type R [1/* ERROR "syntax error: unexpected comma; expected ]" */ ,]int
type S T[/* ERROR "syntax error: unexpected ], expected type argument list" */ ]
type U struct { /* ERROR "syntax error: unexpected literal 1, expected field name or embedded type" */ 1 }
type V *
/* ERROR "syntax error: unexpected keyword type, expected type" */ type W (((int/* ERROR "syntax error: unexpected ) after top level declaration" */ )))
type X interface { /* ERROR "syntax error: unexpected literal 1, expected ~ term or type" */ 1 }
type Y func(/* ERROR "can only use ... with final parameter" */ /* ERROR "syntax error: missing parameter name" */ ...int, a int)
type Z func() (/* ERROR "invalid use of ..." */ ...int)
type AA [n]int
type AB [n * 2]int
type AC [2 * n]int
type AD [f()]int
type AE [n | m]int
type AF [a.b]int

var _ = <-chan int(nil)
var _ = <-chan<- int(nil)
var _ = <-chan<- chan int(nil)
