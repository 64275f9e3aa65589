// Comparison of strings in three ways gives -1, 0 or 1; divisions of package math/bits panic with the errors of the
// runtime.
package main

import (
	"bytes"
	"cmp"
	"fmt"
	"math/bits"
	"runtime"
	"strings"
)

func divide(hi, lo, y uint64) (err error) {
	defer func() { err = recover().(runtime.Error) }()
	bits.Div64(hi, lo, y)
	return nil
}

func main() {
	for _, s := range []string{"", "a", "A", "ab", "abc", "b", "a\xff"} {
		for _, t := range []string{"", "a", "abcdef", "z"} {
			fmt.Print(strings.Compare(s, t), cmp.Compare(s, t), bytes.Compare([]byte(s), []byte(t)), " ")
		}
		fmt.Println()
	}
	fmt.Println(divide(1, 0, 0), divide(2, 1, 2))
}
