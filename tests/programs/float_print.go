// How print shows floating-point values and complex ones.
package main

//go:noinline
func id[T any](v T) T { return v }

func main() {
	zero := id(0.0)
	println(zero, -zero, 1/zero, -1/zero, zero/zero)
	println(id(1.0), id(1.5), id(-2.25), id(100.0), id(1e100), id(1e-100), id(123456789.0), id(0.1))
	println(id(3.141592653589793), id(2.718281828459045), id(1e21), id(1e20), id(999999.5), id(0.000001234))
	println(id(5e-324), id(1.7976931348623157e308))
	println(id(float32(0.1)), id(float32(16777216)), id(float32(3.4028235e38)), id(float32(1e-45)))
	println(float32(id(0.1)), float64(id(float32(0.1))))
	for i, v := 0, id(1.0); i < 20; i++ {
		println(v, 1/v)
		v *= 7
	}
}
