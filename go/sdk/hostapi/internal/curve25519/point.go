package curve25519

// A Point is a point of the curve -x^2 + y^2 = 1 + d x^2 y^2 in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.
// The zero value is none; Identity is.
type Point struct{ x, y, z, t Element }

// Identity is the neutral point.
var Identity = Point{y: one, z: one}

// Basepoint is the generator of the group of prime order: the point with y = 4/5 and an even x.
var Basepoint = computeBasepoint()

func computeBasepoint() Point {
	y := ratio(4, 5)
	b := y.bytes()
	p, _ := Decompress(b)
	return p
}

// Decompress returns the point that b encodes: y and the sign of x. As the host does, it takes a y that is not
// reduced, and the negative sign of an x of 0.
func Decompress(b [32]byte) (p Point, ok bool) {
	var u, v, t Element
	p.y.setBytes(&b)
	t.square(&p.y)
	u.sub(&t, &one)
	v.mul(&t, &d)
	v.add(&v, &one)
	if !p.x.sqrtRatio(&u, &v) {
		return Point{}, false
	}
	if b[31]>>7 != 0 {
		p.x.neg(&p.x)
	}
	p.z = one
	p.t.mul(&p.x, &p.y)
	return p, true
}

// Compress returns the encoding of p.
func (p *Point) Compress() [32]byte {
	var inv, x, y Element
	inv.invert(&p.z)
	x.mul(&p.x, &inv)
	b := y.mul(&p.y, &inv).bytes()
	if x.isNegative() {
		b[31] |= 0x80
	}
	return b
}

// Add returns p+q.
func (p Point) Add(q Point) (r Point) {
	// Hisil and others, "Twisted Edwards Curves Revisited", section 3.1.
	var a, b, c, e, f, g, h, t, u Element
	a.mul(t.sub(&p.y, &p.x), u.sub(&q.y, &q.x))
	b.mul(t.add(&p.y, &p.x), u.add(&q.y, &q.x))
	c.mul(t.mul(&p.t, &d2), &q.t)
	g.mul(&p.z, &q.z)
	g.add(&g, &g)
	e.sub(&b, &a)
	h.add(&b, &a)
	f.sub(&g, &c)
	g.add(&g, &c)
	r.x.mul(&e, &f)
	r.y.mul(&g, &h)
	r.t.mul(&e, &h)
	r.z.mul(&f, &g)
	return r
}

// Neg returns -p.
func (p Point) Neg() Point {
	p.x.neg(&p.x)
	p.t.neg(&p.t)
	return p
}

// Mul returns the product of p and a number of 256 bits, least significant byte first.
func (p Point) Mul(n [32]byte) Point {
	var multiples [16]Point
	multiples[0] = Identity
	for i := 1; i < 16; i++ {
		multiples[i] = multiples[i-1].Add(p)
	}
	r := Identity
	for i := 63; i >= 0; i-- {
		for range 4 {
			r = r.Add(r)
		}
		r = r.Add(multiples[n[i/2]>>(i%2*4)&15])
	}
	return r
}

// IsIdentity reports whether p is the neutral point.
func (p *Point) IsIdentity() bool { return p.x.isZero() && p.y.equal(&p.z) }
