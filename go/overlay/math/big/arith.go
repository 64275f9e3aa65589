// Package big holds the inner loops of multiplication.
package big

// A Word has 32 bits here, and the machine multiplies numbers of 64: a product of two words, a third and a carry
// together are at most (2³²-1)² + 2(2³²-1) = 2⁶⁴-1. So a step needs no carry but the upper half of its sum.

// mulAddVWW_g sets z to x*y + r and returns the word above.
func mulAddVWW_g(z, x []Word, y, r Word) (c Word) {
	if len(x) != len(z) {
		panic("mulAddVWW len")
	}
	sum := uint64(r)
	for i := range z {
		sum += uint64(x[i]) * uint64(y)
		z[i] = Word(sum)
		sum >>= 32
	}
	return Word(sum)
}

// addMulVVWW_g sets z to x + y*m + a and returns the word above.
func addMulVVWW_g(z, x, y []Word, m, a Word) (c Word) {
	if len(x) != len(z) || len(y) != len(z) {
		panic("rshVU len")
	}
	sum := uint64(a)
	for i := range z {
		sum += uint64(y[i])*uint64(m) + uint64(x[i])
		z[i] = Word(sum)
		sum >>= 32
	}
	return Word(sum)
}
