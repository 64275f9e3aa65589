// Floating-point arithmetic, comparison with NaN, and conversions to and from integers.
package main

//go:noinline
func id[T any](v T) T { return v }

//go:noinline
func compare(a, b float64) {
	println(a == b, a != b, a < b, a <= b, a > b, a >= b)
}

func main() {
	zero := id(0.0)
	nan := zero / zero
	inf := 1 / zero
	compare(1, 2)
	compare(2, 2)
	compare(nan, nan)
	compare(nan, 1)
	compare(inf, -inf)
	compare(zero, -zero)
	println(id(1.0)+id(2.0), id(1.0)-id(0.1), id(3.0)*id(0.1), id(1.0)/id(3.0))
	println(id(float32(1))/id(float32(3)), id(float32(16777216))+id(float32(1)))
	println(int(id(3.99)), int(id(-3.99)), int64(id(1e18)), uint8(id(200.7)), uint32(id(4e9)), uint64(id(1.5e19)), int8(id(-100.5)))
	println(float64(id(int32(-7))), float64(id(uint32(4294967295))), float64(id(int64(-1<<62))), float64(id(uint64(1<<63))))
	println(float32(id(int64(16777217))), float32(id(uint64(1<<40+1))), float64(id(uint8(255))), float32(id(int16(-3))))
	println(min(id(1.5), id(2.5)), max(id(1.5), nan), min(-zero, zero), max(id(3), 2, 5))
	sum := 0.0
	for i := 1; i <= 1000; i++ {
		sum += 1 / float64(i)
	}
	println(sum)
	f := id(float32(0.1))
	total := float32(0)
	for range 1000 {
		total += f
	}
	println(total)
}
