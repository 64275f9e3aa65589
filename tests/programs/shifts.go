// Shifts by more than the width give 0 or the sign; counts may be of any integer type.
package main

//go:noinline
func id[T any](v T) T { return v }

func main() {
	for _, n := range []uint{0, 1, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65, 1 << 20} {
		println(n,
			id(int8(-100))<<n, id(int8(-100))>>n, id(uint8(200))<<n, id(uint8(200))>>n,
			id(int16(-30000))>>n, id(uint16(60000))<<n,
			id(int32(-2000000000))<<n, id(int32(-2000000000))>>n, id(uint32(4000000000))>>n,
			id(int64(-1<<62))>>n, id(int64(3))<<n, id(uint64(1<<63|1))>>n, id(uint64(1<<63|1))<<n)
	}
	var big uint64 = id(uint64(1 << 40))
	println(id(1)<<big, id(-1)>>big, id(uint64(1))<<id(uint8(63)), id(int64(-8))>>id(int8(2)))
	s := id(uint32(3))
	println(1<<s == 8, uint8(1)<<s<<s<<s, int64(1)<<s)
	x := id(int16(1))
	x <<= 15
	println(x)
	x >>= 20
	println(x)
}
