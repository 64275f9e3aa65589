// Integers of every size wrap around, and narrow conversions keep the low bits.
package main

//go:noinline
func id[T any](v T) T { return v }

func main() {
	i8, i16, i32, i64 := id(int8(127)), id(int16(32767)), id(int32(2147483647)), id(int64(9223372036854775807))
	u8, u16, u32, u64 := id(uint8(255)), id(uint16(65535)), id(uint32(4294967295)), id(uint64(18446744073709551615))
	i8++
	i16++
	i32++
	i64++
	u8++
	u16++
	u32++
	u64++
	println(i8, i16, i32, i64)
	println(u8, u16, u32, u64)
	i8--
	i16--
	i32--
	i64--
	u8--
	u16--
	u32--
	u64--
	println(i8, i16, i32, i64)
	println(u8, u16, u32, u64)
	println(-id(int8(-128)), -id(int16(-32768)), -id(int32(-2147483648)), -id(int64(-9223372036854775808)))
	println(id(int8(100))*id(int8(3)), id(uint8(200))*id(uint8(3)), id(int16(300))*id(int16(300)))
	println(id(int32(1<<30))*4, id(int64(1<<62))*4, id(uint32(1<<31))+id(uint32(1<<31)))

	big := id(int64(0x1234_5678_9abc_def0))
	println(int8(big), int16(big), int32(big), uint8(big), uint16(big), uint32(big), uint64(big))
	minus := id(int8(-1))
	println(uint8(minus), uint16(minus), uint32(minus), uint64(minus), int64(minus))
	var n int = id(2147483647)
	n++
	println(n, uint(n), uintptr(n) == 1<<31)
	println(^id(uint8(5)), ^id(int8(5)), ^id(uint16(5)), ^id(int64(5)), ^id(uint64(0)))
	println(id(uint8(0xf0))&^id(uint8(0x30)), id(int16(0x0f))|id(int16(0xf0)), id(uint16(0xff))^id(uint16(0x0f)))
}
