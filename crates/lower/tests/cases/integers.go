// Arithmetic that Wasm does not have as such: narrow widths, division, shifts.
//
// show: main.add8 main.div main.shl main.sar
// call: main.add8 100 100 = -56
// call: main.div 7 -2 = -3
// call: main.div -2147483648 -1 = -2147483648
// call: main.div 1 0 = trap panic
// call: main.rem -7 2 = -1
// call: main.rem -2147483648 -1 = 0
// call: main.shl 1 33 = 0
// call: main.shl 1 5 = 32
// call: main.sar -8 100 = -1
// call: main.neg 5 -1 = trap panic
// call: main.mul16 300 300 = 24464
// call: main.andnot 7 2 = 5
// call: main.wide -1 = 4294967295
// call: main.toint 3.99 = 3
// call: main.toint -3.99 = -3
// call: main.tofloat 5 = 5
// call: main.bytes 200 = -56
package main

func add8(a, b int8) int8         { return a + b }
func div(a, b int32) int32        { return a / b }
func rem(a, b int32) int32        { return a % b }
func shl(a uint32, n uint) uint32 { return a << n }
func sar(a int32, n uint) int32   { return a >> n }
func neg(a int32, n int) int32    { return a << n }
func mul16(a, b uint16) uint16    { return a * b }
func andnot(a, b int32) int32     { return a &^ b }
func wide(a int32) uint64         { return uint64(uint32(a)) }
func toint(f float64) int32       { return int32(f) }
func tofloat(i int64) float64     { return float64(i) }
func bytes(b uint8) int8          { return int8(b) }

func main() {
	_, _, _, _, _, _ = add8, div, rem, shl, sar, neg
	_, _, _, _, _, _ = mul16, andnot, wide, toint, tofloat, bytes
}
