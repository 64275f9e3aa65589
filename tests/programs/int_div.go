// Division truncates towards zero; the remainder has the sign of the dividend; the most negative value divided by -1
// is itself.
package main

//go:noinline
func divmod32(a, b int32) (int32, int32) { return a / b, a % b }

//go:noinline
func divmod64(a, b int64) (int64, int64) { return a / b, a % b }

//go:noinline
func divmod8(a, b int8) (int8, int8) { return a / b, a % b }

//go:noinline
func divmod16(a, b int16) (int16, int16) { return a / b, a % b }

//go:noinline
func udivmod64(a, b uint64) (uint64, uint64) { return a / b, a % b }

//go:noinline
func udivmod32(a, b uint32) (uint32, uint32) { return a / b, a % b }

//go:noinline
func constants(a int) (int, int, int, int, int, int) {
	return a / 2, a % 2, a / -8, a % 8, a / 7, a % -7
}

func main() {
	for _, a := range []int32{7, -7, 0, 1, -2147483648, 2147483647} {
		for _, b := range []int32{2, -2, 1, -1, 3, -2147483648} {
			q, r := divmod32(a, b)
			q64, r64 := divmod64(int64(a)<<20, int64(b))
			q8, r8 := divmod8(int8(a>>24|1), int8(b>>24|1))
			println(a, b, q, r, q64, r64, q8, r8)
		}
		println(constants(int(a)))
	}
	println(divmod64(-9223372036854775808, -1))
	println(divmod16(-32768, -1))
	println(divmod8(-128, -1))
	println(udivmod64(18446744073709551615, 10))
	println(udivmod32(4294967295, 16))
	println(udivmod64(1<<63, 3))
}
