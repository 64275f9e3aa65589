package num

// An I128 is a signed integer of 128 bits in two's complement. Its zero value is 0.
type I128 struct {
	Lo uint64
	Hi int64
}

// The limits of I128.
var (
	MinI128 = I128{0, -1 << 63}
	MaxI128 = I128{^uint64(0), 1<<63 - 1}
)

// I128From returns v as an I128.
func I128From(v int64) I128 { return I128{uint64(v), v >> 63} }

// Int64 returns x and true, or false if x does not fit.
func (x I128) Int64() (v int64, ok bool) {
	v = int64(x.Lo)
	return v, x.Hi == v>>63
}

// Sign returns -1, 0 or 1 as x is negative, zero or positive.
func (x I128) Sign() int {
	switch {
	case x.Hi < 0:
		return -1
	case x == I128{}:
		return 0
	}
	return 1
}

// Cmp returns -1, 0 or 1 as x is less than, equal to or greater than y.
func (x I128) Cmp(y I128) int {
	switch {
	case x == y:
		return 0
	case x.Hi < y.Hi || x.Hi == y.Hi && x.Lo < y.Lo:
		return -1
	}
	return 1
}

// Add returns x + y, and false if the sum does not fit.
func (x I128) Add(y I128) (sum I128, ok bool) {
	s, _ := x.bits().Add(y.bits())
	sum = I128{s.Lo, int64(s.Hi)}
	// It overflows if both have the same sign and the sum has the other one.
	return sum, (x.Hi^sum.Hi)&(y.Hi^sum.Hi) >= 0
}

// Sub returns x - y, and false if the difference does not fit.
func (x I128) Sub(y I128) (difference I128, ok bool) {
	d, _ := x.bits().Sub(y.bits())
	difference = I128{d.Lo, int64(d.Hi)}
	return difference, (x.Hi^y.Hi)&(x.Hi^difference.Hi) >= 0
}

// Abs returns the absolute value of x, which always fits.
func (x I128) Abs() U128 {
	if x.Hi >= 0 {
		return x.bits()
	}
	d, _ := U128{}.Sub(x.bits())
	return d
}

func (x I128) bits() U128 { return U128{x.Lo, uint64(x.Hi)} }

// String returns x in decimal.
func (x I128) String() string {
	if x.Hi < 0 {
		return "-" + x.Abs().String()
	}
	return x.Abs().String()
}

// ParseI128 reads a decimal number with an optional minus sign.
func ParseI128(s string) (I128, error) {
	x, err := parseSigned(s, 128)
	return I128{x[0], int64(x[1])}, err
}

// Bytes returns the 16 bytes of x in two's complement, least significant first.
func (x I128) Bytes() [16]byte { return x.bits().Bytes() }

// I128FromBytes is the inverse of [I128.Bytes].
func I128FromBytes(b [16]byte) I128 {
	x := U128FromBytes(b)
	return I128{x.Lo, int64(x.Hi)}
}

// An I256 is a signed integer of 256 bits: the words of its two's complement, least significant first. Its zero
// value is 0.
type I256 [4]uint64

// I256From returns v as an I256.
func I256From(v int64) I256 {
	sign := uint64(v >> 63)
	return I256{uint64(v), sign, sign, sign}
}

// Sign returns -1, 0 or 1 as x is negative, zero or positive.
func (x I256) Sign() int {
	switch {
	case x[3]>>63 != 0:
		return -1
	case x == I256{}:
		return 0
	}
	return 1
}

// Cmp returns -1, 0 or 1 as x is less than, equal to or greater than y.
func (x I256) Cmp(y I256) int {
	// With the sign bits turned around the order is that of unsigned numbers.
	x[3] ^= 1 << 63
	y[3] ^= 1 << 63
	return U256(x).Cmp(U256(y))
}

// Add returns x + y, and false if the sum does not fit.
func (x I256) Add(y I256) (sum I256, ok bool) {
	s, _ := U256(x).Add(U256(y))
	return I256(s), (x[3]^s[3])&(y[3]^s[3])>>63 == 0
}

// Sub returns x - y, and false if the difference does not fit.
func (x I256) Sub(y I256) (difference I256, ok bool) {
	d, _ := U256(x).Sub(U256(y))
	return I256(d), (x[3]^y[3])&(x[3]^d[3])>>63 == 0
}

// Abs returns the absolute value of x, which always fits.
func (x I256) Abs() U256 {
	if x.Sign() < 0 {
		return U256(x).negate()
	}
	return U256(x)
}

// String returns x in decimal.
func (x I256) String() string {
	if x.Sign() < 0 {
		return "-" + x.Abs().String()
	}
	return x.Abs().String()
}

// ParseI256 reads a decimal number with an optional minus sign.
func ParseI256(s string) (I256, error) {
	x, err := parseSigned(s, 256)
	return I256(x), err
}

// Bytes returns the 32 bytes of x in two's complement, least significant first.
func (x I256) Bytes() [32]byte { return U256(x).Bytes() }

// I256FromBytes is the inverse of [I256.Bytes].
func I256FromBytes(b [32]byte) I256 { return I256(U256FromBytes(b)) }
