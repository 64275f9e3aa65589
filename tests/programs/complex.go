// Complex numbers.
package main

//go:noinline
func id[T any](v T) T { return v }

func main() {
	a, b := id(complex(1, 2)), id(complex(3, -4))
	println(a+b, a-b, a*b, a/b, -a)
	println(real(a), imag(b), a == b, a == complex(1, 2), a != b)
	c := id(complex64(complex(0.5, 0.25)))
	println(c, c*c, real(c), complex128(c))
	var z complex128
	z += 3i
	z *= z
	println(z)
	zs := []complex128{1, 2i, 3 + 4i}
	zs[1] += zs[2]
	println(zs[0], zs[1], zs[2])
}
