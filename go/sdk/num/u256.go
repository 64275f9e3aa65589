package num

import "math/bits"

// A U256 is an unsigned integer of 256 bits: four words, least significant first. Its zero value is 0.
type U256 [4]uint64

// MaxU256 is the largest U256, 2^256 - 1.
var MaxU256 = U256{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}

// U256From returns v as a U256.
func U256From(v uint64) U256 { return U256{v} }

// U256FromU128 returns v as a U256.
func U256FromU128(v U128) U256 { return U256{v.Lo, v.Hi} }

// IsZero reports whether x is 0.
func (x U256) IsZero() bool { return x[0]|x[1]|x[2]|x[3] == 0 }

// Uint64 returns x and true, or false if x does not fit.
func (x U256) Uint64() (v uint64, ok bool) { return x[0], x[1]|x[2]|x[3] == 0 }

// U128 returns x and true, or false if x does not fit.
func (x U256) U128() (v U128, ok bool) { return U128{x[0], x[1]}, x[2]|x[3] == 0 }

// BitLen returns the number of bits of x without leading zeros; 0 has none.
func (x U256) BitLen() int {
	for i := 3; i >= 0; i-- {
		if x[i] != 0 {
			return 64*i + bits.Len64(x[i])
		}
	}
	return 0
}

// Cmp returns -1, 0 or 1 as x is less than, equal to or greater than y.
func (x U256) Cmp(y U256) int {
	for i := 3; i >= 0; i-- {
		switch {
		case x[i] < y[i]:
			return -1
		case x[i] > y[i]:
			return 1
		}
	}
	return 0
}

// Less reports whether x < y.
func (x U256) Less(y U256) bool { return x.Cmp(y) < 0 }

// Add returns x + y, and false if the sum does not fit.
func (x U256) Add(y U256) (sum U256, ok bool) {
	var carry uint64
	for i := range x {
		sum[i], carry = bits.Add64(x[i], y[i], carry)
	}
	return sum, carry == 0
}

// Sub returns x - y, and false if y > x.
func (x U256) Sub(y U256) (difference U256, ok bool) {
	var borrow uint64
	for i := range x {
		difference[i], borrow = bits.Sub64(x[i], y[i], borrow)
	}
	return difference, borrow == 0
}

// Mul returns x * y, and false if the product does not fit.
func (x U256) Mul(y U256) (product U256, ok bool) {
	ok = true
	for i, xi := range x {
		if xi == 0 {
			continue
		}
		var carry uint64
		for j, yj := range y {
			hi, lo := bits.Mul64(xi, yj)
			lo, c := bits.Add64(lo, carry, 0)
			hi += c
			if i+j >= len(product) {
				ok = ok && lo|hi == 0
				carry = hi
				continue
			}
			product[i+j], c = bits.Add64(product[i+j], lo, 0)
			carry = hi + c
		}
		ok = ok && carry == 0
	}
	return product, ok
}

// Div returns the quotient and remainder of x / y, rounded towards zero. It panics if y is 0, as Go's own division
// does.
func (x U256) Div(y U256) (quotient, remainder U256) {
	if d, ok := y.Uint64(); ok {
		var rest uint64
		quotient, rest = x.divWord(d)
		return quotient, U256{rest}
	}
	// Long division by bits: the divisor has more than 64 of them, so fewer than 192 steps are left.
	n := x.BitLen() - y.BitLen()
	if n < 0 {
		return U256{}, x
	}
	divisor := y.shl(uint(n))
	for ; n >= 0; n-- {
		if rest, ok := x.Sub(divisor); ok {
			x = rest
			quotient[n/64] |= 1 << (n % 64)
		}
		divisor = divisor.shr1()
	}
	return quotient, x
}

// divWord returns the quotient and remainder of x / d. It panics if d is 0.
func (x U256) divWord(d uint64) (quotient U256, rest uint64) {
	if d == 0 {
		panicDivide(d)
	}
	for i := 3; i >= 0; i-- {
		quotient[i], rest = bits.Div64(rest, x[i], d)
	}
	return quotient, rest
}

// panicDivide panics with Go's own error for a division by zero.
func panicDivide(zero uint64) uint64 { return 1 / zero }

func (x U256) shl(n uint) U256 {
	words, n := int(n/64), n%64
	var y U256
	for i := 3; i >= words; i-- {
		y[i] = x[i-words] << n
		if i > words {
			y[i] |= x[i-words-1] >> (64 - n)
		}
	}
	return y
}

func (x U256) shr1() U256 {
	return U256{x[0]>>1 | x[1]<<63, x[1]>>1 | x[2]<<63, x[2]>>1 | x[3]<<63, x[3] >> 1}
}

// String returns x in decimal.
func (x U256) String() string {
	// 2^256 has 78 digits.
	var digits [78]byte
	i := len(digits)
	for {
		const group = 1e18
		var rest uint64
		x, rest = x.divWord(group)
		for range 18 {
			i--
			digits[i] = byte('0' + rest%10)
			rest /= 10
			if x.IsZero() && rest == 0 {
				return string(digits[i:])
			}
		}
	}
}

// ParseU256 reads a decimal number without sign or separators.
func ParseU256(s string) (U256, error) {
	return parse(s, 256)
}

// Bytes returns the 32 bytes of x, least significant first.
func (x U256) Bytes() [32]byte {
	var b [32]byte
	for i, w := range x {
		put64(b[8*i:], w)
	}
	return b
}

// U256FromBytes returns the number whose bytes are b, least significant first. It is the inverse of [U256.Bytes].
func U256FromBytes(b [32]byte) U256 {
	var x U256
	for i := range x {
		x[i] = get64(b[8*i:])
	}
	return x
}
