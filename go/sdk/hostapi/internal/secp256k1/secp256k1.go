// Package secp256k1 is ECDSA on the curve secp256k1 (SEC 1 and SEC 2): recovery of public keys, and signatures. It is
// for verifying and for tests: its time depends on its inputs.
package secp256k1

import (
	"crypto/hmac"
	"crypto/sha256"
	"math/big"
)

func hexadecimal(s string) *big.Int {
	n, _ := new(big.Int).SetString(s, 16)
	return n
}

// The field, the order of the group and its generator (SEC 2, section 2.4.1).
var (
	prime = hexadecimal("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f")
	order = hexadecimal("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")
	half  = new(big.Int).Rsh(order, 1)
	base  = &point{
		x: hexadecimal("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
		y: hexadecimal("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"),
		z: big.NewInt(1),
	}
	seven = big.NewInt(7)
)

// A point has Jacobian coordinates: x/z^2 and y/z^3. z is 0 at infinity.
type point struct{ x, y, z *big.Int }

func infinity() *point { return &point{big.NewInt(1), big.NewInt(1), new(big.Int)} }

func mul(a, b *big.Int) *big.Int {
	r := new(big.Int).Mul(a, b)
	return r.Mod(r, prime)
}

func sub(a, b *big.Int) *big.Int {
	r := new(big.Int).Sub(a, b)
	return r.Mod(r, prime)
}

func times(a *big.Int, n int64) *big.Int { return mul(a, big.NewInt(n)) }

func (p *point) double() *point {
	if p.z.Sign() == 0 || p.y.Sign() == 0 {
		return infinity()
	}
	yy := mul(p.y, p.y)
	s := times(mul(p.x, yy), 4)
	m := times(mul(p.x, p.x), 3)
	x := sub(mul(m, m), times(s, 2))
	y := sub(mul(m, sub(s, x)), times(mul(yy, yy), 8))
	return &point{x, y, times(mul(p.y, p.z), 2)}
}

func (p *point) add(q *point) *point {
	if p.z.Sign() == 0 {
		return q
	}
	if q.z.Sign() == 0 {
		return p
	}
	pzz, qzz := mul(p.z, p.z), mul(q.z, q.z)
	u1, u2 := mul(p.x, qzz), mul(q.x, pzz)
	s1, s2 := mul(p.y, mul(qzz, q.z)), mul(q.y, mul(pzz, p.z))
	h, r := sub(u2, u1), sub(s2, s1)
	if h.Sign() == 0 {
		if r.Sign() == 0 {
			return p.double()
		}
		return infinity()
	}
	hh := mul(h, h)
	hhh, v := mul(hh, h), mul(u1, hh)
	x := sub(sub(mul(r, r), hhh), times(v, 2))
	y := sub(mul(r, sub(v, x)), mul(s1, hhh))
	return &point{x, y, mul(h, mul(p.z, q.z))}
}

func (p *point) times(n *big.Int) *point {
	r := infinity()
	for i := n.BitLen() - 1; i >= 0; i-- {
		r = r.double()
		if n.Bit(i) != 0 {
			r = r.add(p)
		}
	}
	return r
}

// affine returns the coordinates of a point that is not infinity.
func (p *point) affine() (x, y *big.Int) {
	inv := new(big.Int).ModInverse(p.z, prime)
	sq := mul(inv, inv)
	return mul(p.x, sq), mul(p.y, mul(sq, inv))
}

// lift returns the point with the given x and an odd or even y, or nil.
func lift(x *big.Int, odd bool) *point {
	if x.Cmp(prime) >= 0 {
		return nil
	}
	yy := mul(x, mul(x, x))
	yy.Mod(yy.Add(yy, seven), prime)
	y := new(big.Int).ModSqrt(yy, prime)
	if y == nil {
		return nil
	}
	if (y.Bit(0) == 1) != odd {
		y = sub(prime, y)
	}
	return &point{x, y, big.NewInt(1)}
}

// A Fault is what is wrong with a signature.
type Fault uint8

// The faults, numbered as the host's errors, and none.
const (
	BadRS Fault = iota
	BadV
	BadSignature
	None
)

// Recover returns the public key, x and y, that a signature of a hash is by: r and s of 32 bytes, and the id, 0 to 3,
// of the point that r is of.
func Recover(rs *[64]byte, id byte, hash *[32]byte) (pub [64]byte, fault Fault) {
	if id > 3 {
		return pub, BadV
	}
	r := new(big.Int).SetBytes(rs[:32])
	s := new(big.Int).SetBytes(rs[32:])
	if r.Cmp(order) >= 0 || s.Cmp(order) >= 0 {
		return pub, BadRS
	}
	if r.Sign() == 0 || s.Sign() == 0 {
		return pub, BadSignature
	}
	x := r
	if id&2 != 0 {
		x = new(big.Int).Add(r, order)
	}
	p := lift(x, id&1 != 0)
	if p == nil {
		return pub, BadSignature
	}
	inv := new(big.Int).ModInverse(r, order)
	u1 := new(big.Int).SetBytes(hash[:])
	u1.Mod(u1.Neg(u1.Mul(u1, inv)), order)
	u2 := inv.Mod(inv.Mul(inv, s), order)
	q := base.times(u1).add(p.times(u2))
	if q.z.Sign() == 0 {
		return pub, BadSignature
	}
	qx, qy := q.affine()
	qx.FillBytes(pub[:32])
	qy.FillBytes(pub[32:])
	return pub, None
}

// Compress returns the short form of a public key.
func Compress(pub *[64]byte) (short [33]byte) {
	short[0] = 2 + pub[63]&1
	copy(short[1:], pub[:32])
	return short
}

// Public returns the public key of a secret one, or false if it is none.
func Public(secret *[32]byte) (pub [64]byte, ok bool) {
	n := new(big.Int).SetBytes(secret[:])
	if n.Sign() == 0 || n.Cmp(order) >= 0 {
		return pub, false
	}
	x, y := base.times(n).affine()
	x.FillBytes(pub[:32])
	y.FillBytes(pub[32:])
	return pub, true
}

// Sign returns the signature of a hash: r, s and the id for [Recover]. The nonce is that of RFC 6979 with SHA-256, and
// s is at most half of the order.
func Sign(secret, hash *[32]byte) (sig [65]byte) {
	key := new(big.Int).SetBytes(secret[:])
	e := new(big.Int).SetBytes(hash[:])
	nonces := newNonces(secret, hash)
	for {
		k := nonces.next()
		if k.Sign() == 0 || k.Cmp(order) >= 0 {
			continue
		}
		x, y := base.times(k).affine()
		id := byte(y.Bit(0))
		r := new(big.Int).Mod(x, order)
		if r.Cmp(x) != 0 {
			id |= 2
		}
		s := new(big.Int).Mul(r, key)
		s.Add(s, e).Mul(s, k.ModInverse(k, order)).Mod(s, order)
		if r.Sign() == 0 || s.Sign() == 0 {
			continue
		}
		if s.Cmp(half) > 0 {
			s.Sub(order, s)
			id ^= 1
		}
		r.FillBytes(sig[:32])
		s.FillBytes(sig[32:64])
		sig[64] = id
		return sig
	}
}

// nonces are the numbers of RFC 6979, section 3.2. As the host's library does, the hash is taken as it is.
type nonces struct {
	k, v  []byte
	again bool
}

func mac(key []byte, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

func newNonces(secret, hash *[32]byte) *nonces {
	n := &nonces{k: make([]byte, 32), v: make([]byte, 32)}
	for i := range n.v {
		n.v[i] = 1
	}
	for _, b := range []byte{0, 1} {
		n.k = mac(n.k, n.v, []byte{b}, secret[:], hash[:])
		n.v = mac(n.k, n.v)
	}
	return n
}

func (n *nonces) next() *big.Int {
	if n.again {
		n.k = mac(n.k, n.v, []byte{0})
		n.v = mac(n.k, n.v)
	}
	n.again = true
	n.v = mac(n.k, n.v)
	return new(big.Int).SetBytes(n.v)
}
