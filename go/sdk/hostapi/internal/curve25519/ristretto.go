package curve25519

func computeOneMinusDSquared() (r Element) {
	var t Element
	t.square(&d)
	return *r.sub(&one, &t)
}

// computeInvSqrtAMinusD returns 1/sqrt(a-d), where a is -1.
func computeInvSqrtAMinusD() (r Element) {
	aMinusD := negated(sum(&one, &d))
	r.sqrtRatio(&one, &aMinusD)
	return r
}

// DecodeRistretto returns a point of the element of ristretto255 that b encodes (RFC 9496, section 4.3.1).
func DecodeRistretto(b [32]byte) (p Point, ok bool) {
	var s Element
	s.setBytes(&b)
	if s.bytes() != b || s.isNegative() {
		return Point{}, false
	}
	var ss, u1, u2, u2Squared, v, inv, denX, denY, t Element
	ss.square(&s)
	u1.sub(&one, &ss)
	u2.add(&one, &ss)
	u2Squared.square(&u2)
	v.neg(t.mul(&d, t.square(&u1)))
	v.sub(&v, &u2Squared)
	square := inv.sqrtRatio(&one, t.mul(&v, &u2Squared))
	denX.mul(&inv, &u2)
	denY.mul(&inv, t.mul(&denX, &v))
	p.x.mul(t.add(&s, &s), &denX)
	p.x.abs()
	p.y.mul(&u1, &denY)
	p.z = one
	p.t.mul(&p.x, &p.y)
	if !square || p.t.isNegative() || p.y.isZero() {
		return Point{}, false
	}
	return p, true
}

// EncodeRistretto returns the encoding of the element of ristretto255 that p belongs to (RFC 9496, section 4.3.2).
func (p *Point) EncodeRistretto() [32]byte {
	var u1, u2, inv, den1, den2, zInv, t, u Element
	u1.mul(t.add(&p.z, &p.y), u.sub(&p.z, &p.y))
	u2.mul(&p.x, &p.y)
	inv.sqrtRatio(&one, t.mul(&u1, u.square(&u2)))
	den1.mul(&inv, &u1)
	den2.mul(&inv, &u2)
	zInv.mul(&den1, t.mul(&den2, &p.t))
	x, y, den := p.x, p.y, den2
	if t.mul(&p.t, &zInv).isNegative() {
		x.mul(&p.y, &sqrtM1)
		y.mul(&p.x, &sqrtM1)
		den.mul(&den1, &invSqrtAMinusD)
	}
	if t.mul(&x, &zInv).isNegative() {
		y.neg(&y)
	}
	t.sub(&p.z, &y)
	return t.mul(&den, &t).abs().bytes()
}
