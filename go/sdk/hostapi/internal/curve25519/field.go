// Package curve25519 is the twisted Edwards curve of Ed25519 (RFC 8032) and the group ristretto255 on it (RFC 9496).
// It is for verifying and for tests: its time depends on its inputs.
package curve25519

import (
	"encoding/binary"
	"math/bits"
)

// An Element is a number modulo 2^255-19, in five digits of 51 bits. Digits may be a few bits longer between
// operations.
type Element [5]uint64

const mask51 = 1<<51 - 1

var (
	zero = Element{}
	one  = Element{1}
)

// setBytes sets e to the number whose lower 255 bits b has, least significant byte first. It may be 2^255-19 or more.
func (e *Element) setBytes(b *[32]byte) *Element {
	e[0] = binary.LittleEndian.Uint64(b[0:]) & mask51
	e[1] = binary.LittleEndian.Uint64(b[6:]) >> 3 & mask51
	e[2] = binary.LittleEndian.Uint64(b[12:]) >> 6 & mask51
	e[3] = binary.LittleEndian.Uint64(b[19:]) >> 1 & mask51
	e[4] = binary.LittleEndian.Uint64(b[24:]) >> 12 & mask51
	return e
}

// bytes returns the number, least significant byte first.
func (e *Element) bytes() (b [32]byte) {
	t := *e
	t.carry()
	// t is below 2^255+2^51 now; add 19 to see whether it reaches the modulus.
	c := (t[0] + 19) >> 51
	for _, digit := range t[1:] {
		c = (digit + c) >> 51
	}
	t[0] += 19 * c
	for i := range 4 {
		t[i+1] += t[i] >> 51
		t[i] &= mask51
	}
	t[4] &= mask51
	for i, digit := range t {
		at := 51 * i
		for j := 0; j < 8 && at/8+j < 32; j++ {
			b[at/8+j] |= byte(digit << (at % 8) >> (8 * j))
		}
	}
	return b
}

// carry brings the digits to 51 bits, the lowest to a little more.
func (e *Element) carry() {
	c := [5]uint64{}
	for i := range e {
		c[i] = e[i] >> 51
		e[i] &= mask51
	}
	e[0] += 19 * c[4]
	for i := range 4 {
		e[i+1] += c[i]
	}
}

func (e *Element) add(a, b *Element) *Element {
	for i := range e {
		e[i] = a[i] + b[i]
	}
	e.carry()
	return e
}

func (e *Element) sub(a, b *Element) *Element {
	// Twice the modulus keeps the digits positive.
	e[0] = a[0] + 2*(mask51-18) - b[0]
	for i := 1; i < 5; i++ {
		e[i] = a[i] + 2*mask51 - b[i]
	}
	e.carry()
	return e
}

func (e *Element) neg(a *Element) *Element { return e.sub(&zero, a) }

func (e *Element) mul(a, b *Element) *Element {
	var hi, lo [5]uint64
	for i := range a {
		for j := range b {
			x := a[i]
			at := i + j
			if at >= 5 {
				at -= 5
				x *= 19
			}
			h, l := bits.Mul64(x, b[j])
			var c uint64
			lo[at], c = bits.Add64(lo[at], l, 0)
			hi[at] += h + c
		}
	}
	var r Element
	var c uint64
	for i := range r {
		l, more := bits.Add64(lo[i], c, 0)
		h := hi[i] + more
		r[i] = l & mask51
		c = h<<13 | l>>51
	}
	r[0] += 19 * c
	r.carry()
	*e = r
	return e
}

func (e *Element) square(a *Element) *Element { return e.mul(a, a) }

// power sets e to a to the power of a number given by the bits of exp from the highest on.
func (e *Element) power(a *Element, exp *[32]byte) *Element {
	r, base := one, *a
	for i := 255; i >= 0; i-- {
		r.square(&r)
		if exp[i/8]>>(i%8)&1 != 0 {
			r.mul(&r, &base)
		}
	}
	*e = r
	return e
}

// Exponents, least significant byte first: 2^255-21 inverts, 2^252-3 is part of square roots.
var (
	expInvert = exponent(0xeb, 0x7f)
	expRoot   = exponent(0xfd, 0x0f)
)

func exponent(lowest, highest byte) (b [32]byte) {
	for i := range b {
		b[i] = 0xff
	}
	b[0], b[31] = lowest, highest
	return b
}

func (e *Element) invert(a *Element) *Element { return e.power(a, &expInvert) }

func (e *Element) equal(a *Element) bool { return e.bytes() == a.bytes() }

func (e *Element) isZero() bool { return e.bytes() == [32]byte{} }

// isNegative reports whether e is odd, which RFC 8032 and RFC 9496 call negative.
func (e *Element) isNegative() bool { return e.bytes()[0]&1 != 0 }

func (e *Element) abs() *Element {
	if e.isNegative() {
		e.neg(e)
	}
	return e
}

// sqrtRatio sets e to the non-negative square root of u/v and reports whether there is one. If there is none, e is
// that of sqrtM1*u/v (RFC 9496, section 4.2).
func (e *Element) sqrtRatio(u, v *Element) bool {
	var v3, v7, r, check, t Element
	v3.mul(t.square(v), v)
	v7.mul(t.square(&v3), v)
	r.power(t.mul(u, &v7), &expRoot)
	r.mul(t.mul(u, &v3), &r)
	check.mul(v, t.square(&r))
	var minusU, minusUI Element
	minusU.neg(u)
	minusUI.mul(&minusU, &sqrtM1)
	correct := check.equal(u)
	flipped := check.equal(&minusU)
	if flipped || check.equal(&minusUI) {
		r.mul(&r, &sqrtM1)
	}
	*e = *r.abs()
	return correct || flipped
}

// Constants of the curve, computed from their definitions.
var (
	sqrtM1           = computeSqrtM1()
	d                = ratio(-121665, 121666)
	d2               = sum(&d, &d)
	oneMinusDSquared = computeOneMinusDSquared()
	invSqrtAMinusD   = computeInvSqrtAMinusD()
	minusOne         = negated(one)
)

func small(n int64) Element {
	if n < 0 {
		return negated(Element{uint64(-n)})
	}
	return Element{uint64(n)}
}

func negated(a Element) (r Element) { return *r.neg(&a) }

func sum(a, b *Element) (r Element) { return *r.add(a, b) }

func ratio(a, b int64) (r Element) {
	n, m := small(a), small(b)
	return *r.mul(&n, m.invert(&m))
}

// computeSqrtM1 returns 2^((p-1)/4), a square root of -1, the even one.
func computeSqrtM1() (r Element) {
	exp := exponent(0xfb, 0x1f)
	r.power(&Element{2}, &exp)
	return *r.abs()
}
