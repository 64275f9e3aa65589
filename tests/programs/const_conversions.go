// Constants converted to type parameters (Conversions), and constant shift counts of other forms (Operators).
package main

type number interface {
	~int8 | ~float64 | ~complex64 | ~complex128
}

func two[T number]() T { return T(2) }

func twoAsFloat[T number]() T { return T(2.0) }

type fraction interface{ ~float32 | ~complex128 }

func half[T fraction]() T { return T(0.5) }

func text[T ~string | ~[]byte]() T { return T("ab") }

func main() {
	println(two[int8](), two[float64](), two[complex64](), two[complex128]())
	println(twoAsFloat[int8](), twoAsFloat[complex128]())
	println(half[float32](), half[complex128]())
	println(text[string](), len(text[[]byte]()))
	x := 1
	println(x<<1., x<<(1+0i), x<<0i, x<<(1.<<x), x<<((1+0i)<<x))
	x <<= 3.0
	println(x)
}
