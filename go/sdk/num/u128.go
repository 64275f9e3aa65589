// Package num has the integers that are wider than Go's own: 128 and 256 bits, signed and unsigned, as Polkadot
// uses them for balances and hashes read as numbers.
//
// Values are plain structs of 64-bit words, least significant first, so that they can be compared with == and used
// as map keys. Arithmetic reports overflow, as code that handles money must; nothing wraps around silently.
package num

import "math/bits"

// A U128 is an unsigned integer of 128 bits. Its zero value is 0.
type U128 struct {
	Lo, Hi uint64
}

// MaxU128 is the largest U128, 2^128 - 1.
var MaxU128 = U128{^uint64(0), ^uint64(0)}

// U128From returns v as a U128.
func U128From(v uint64) U128 { return U128{Lo: v} }

// IsZero reports whether x is 0.
func (x U128) IsZero() bool { return x.Lo|x.Hi == 0 }

// Uint64 returns x and true, or false if x does not fit.
func (x U128) Uint64() (v uint64, ok bool) { return x.Lo, x.Hi == 0 }

// BitLen returns the number of bits of x without leading zeros; 0 has none.
func (x U128) BitLen() int {
	if x.Hi != 0 {
		return 64 + bits.Len64(x.Hi)
	}
	return bits.Len64(x.Lo)
}

// Cmp returns -1, 0 or 1 as x is less than, equal to or greater than y.
func (x U128) Cmp(y U128) int {
	switch {
	case x == y:
		return 0
	case x.Less(y):
		return -1
	}
	return 1
}

// Less reports whether x < y.
func (x U128) Less(y U128) bool {
	return x.Hi < y.Hi || x.Hi == y.Hi && x.Lo < y.Lo
}

// Add returns x + y, and false if the sum does not fit.
func (x U128) Add(y U128) (sum U128, ok bool) {
	lo, carry := bits.Add64(x.Lo, y.Lo, 0)
	hi, carry := bits.Add64(x.Hi, y.Hi, carry)
	return U128{lo, hi}, carry == 0
}

// Sub returns x - y, and false if y > x.
func (x U128) Sub(y U128) (difference U128, ok bool) {
	lo, borrow := bits.Sub64(x.Lo, y.Lo, 0)
	hi, borrow := bits.Sub64(x.Hi, y.Hi, borrow)
	return U128{lo, hi}, borrow == 0
}

// SaturatingAdd returns x + y, or [MaxU128] if the sum does not fit.
func (x U128) SaturatingAdd(y U128) U128 {
	if sum, ok := x.Add(y); ok {
		return sum
	}
	return MaxU128
}

// SaturatingSub returns x - y, or 0 if y > x.
func (x U128) SaturatingSub(y U128) U128 {
	if difference, ok := x.Sub(y); ok {
		return difference
	}
	return U128{}
}

// Mul returns x * y, and false if the product does not fit.
func (x U128) Mul(y U128) (product U128, ok bool) {
	hi, lo := bits.Mul64(x.Lo, y.Lo)
	over1, mid1 := bits.Mul64(x.Lo, y.Hi)
	over2, mid2 := bits.Mul64(x.Hi, y.Lo)
	hi, carry1 := bits.Add64(hi, mid1, 0)
	hi, carry2 := bits.Add64(hi, mid2, 0)
	ok = over1|over2|carry1|carry2 == 0 && (x.Hi == 0 || y.Hi == 0)
	return U128{lo, hi}, ok
}

// Div returns the quotient and remainder of x / y, rounded towards zero. It panics if y is 0, as Go's own division
// does.
func (x U128) Div(y U128) (quotient, remainder U128) {
	if y.Hi == 0 {
		hi, rest := x.Hi/y.Lo, x.Hi%y.Lo
		lo, rest := bits.Div64(rest, x.Lo, y.Lo)
		return U128{lo, hi}, U128{Lo: rest}
	}
	// The quotient fits 64 bits. Divide what is left of x by the leading 64 bits of y: the estimate is at most one
	// too large (Knuth, The Art of Computer Programming, volume 2, 4.3.1).
	shift := uint(bits.LeadingZeros64(y.Hi))
	top := y.shl(shift).Hi
	half := x.shr(1)
	q, _ := bits.Div64(half.Hi, half.Lo, top)
	q >>= 63 - shift
	if q != 0 {
		q--
	}
	product, _ := y.Mul(U128From(q))
	remainder, _ = x.Sub(product)
	if !remainder.Less(y) {
		q++
		remainder, _ = remainder.Sub(y)
	}
	return U128From(q), remainder
}

func (x U128) shl(n uint) U128 {
	if n >= 64 {
		return U128{0, x.Lo << (n - 64)}
	}
	return U128{x.Lo << n, x.Hi<<n | x.Lo>>(64-n)}
}

func (x U128) shr(n uint) U128 {
	if n >= 64 {
		return U128{x.Hi >> (n - 64), 0}
	}
	return U128{x.Lo>>n | x.Hi<<(64-n), x.Hi >> n}
}

// String returns x in decimal.
func (x U128) String() string { return U256{x.Lo, x.Hi}.String() }

// ParseU128 reads a decimal number without sign or separators.
func ParseU128(s string) (U128, error) {
	x, err := parse(s, 128)
	return U128{x[0], x[1]}, err
}

// Bytes returns the 16 bytes of x, least significant first.
func (x U128) Bytes() [16]byte {
	var b [16]byte
	put64(b[:8], x.Lo)
	put64(b[8:], x.Hi)
	return b
}

// U128FromBytes returns the number whose bytes are b, least significant first. It is the inverse of [U128.Bytes].
func U128FromBytes(b [16]byte) U128 {
	return U128{get64(b[:8]), get64(b[8:])}
}

func put64(b []byte, v uint64) {
	_ = b[7]
	for i := range 8 {
		b[i] = byte(v >> (8 * i))
	}
}

func get64(b []byte) uint64 {
	_ = b[7]
	var v uint64
	for i := range 8 {
		v |= uint64(b[i]) << (8 * i)
	}
	return v
}
