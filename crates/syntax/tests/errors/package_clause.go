// Without a package clause nothing else is read.

/* ERROR "syntax error: package statement must be first" */ import "fmt"

func f( {
