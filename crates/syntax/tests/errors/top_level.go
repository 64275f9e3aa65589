// What may stand at the top level, and how declarations end.

package p

import "fmt"
import /* ERROR "syntax error: import path must be a string" */ 1
import x/* ERROR "syntax error: missing import path" */ .y "z"
import

/* ERROR "syntax error: missing import path" */ var a int

import "late"

/* ERROR "syntax error: non-declaration statement outside function body" */ x := 1

func f()
/* ERROR "syntax error: unexpected semicolon or newline before {" */ {
}

const b = 1 /* ERROR "syntax error: unexpected keyword const after top level declaration" */ const c = 2

var d, e/* ERROR "syntax error: unexpected newline, expected type" */

type T/* ERROR "syntax error: unexpected newline in type declaration" */

type U = 

func (t T) (u U) /* ERROR "syntax error: unexpected name m after top level declaration" */ m() {}

func () /* ERROR "method has no receiver" */ n() {}

func (a, b T) /* ERROR "method has multiple receivers" */ o() {}

func /* ERROR "syntax error: unexpected literal 1, expected name or (" */ 1() {}

func (t T) /* ERROR "syntax error: unexpected {, expected name" */ {}

func q[/* ERROR "syntax error: empty type parameter list" */ ]() {}

func (t T) r/* ERROR "syntax error: method must have no type parameters" */ [P any]() {}

func s() int {} /* ERROR "syntax error: unexpected } after top level declaration" */ }

if true {}

var (
	g int
	h = 1,
	i
)
