// Integer division by the most negative number (Integer operators): only that number itself goes into it once.
package main

//go:noinline
func div64(a int64) int64 { return a / -9223372036854775808 }

//go:noinline
func rem64(a int64) int64 { return a % -9223372036854775808 }

//go:noinline
func div32(a int32) int32 { return a / -2147483648 }

//go:noinline
func div8(a int8) int8 { return a / -128 }

func div(a, b int64) int64 { return a / b }

func main() {
	for _, a := range []int64{-9223372036854775808, -9223372036854775807, -5, 0, 5, 9223372036854775807} {
		println(div64(a), rem64(a), div(a, -9223372036854775808))
	}
	println(div32(-2147483648), div32(-2147483647), div32(7))
	println(div8(-128), div8(-127), div8(127))
}
