// Package sr25519 is Schnorr signatures on ristretto255 as Polkadot has them (Polkadot specification, "Account Key";
// the library schnorrkel defines the protocol).
package sr25519

import (
	"crypto/sha512"

	"polkago.dev/sdk/hostapi/internal/curve25519"
	"polkago.dev/sdk/hostapi/internal/merlin"
)

// context is what Polkadot signs in.
const context = "substrate"

func message(msg []byte) *merlin.Transcript {
	t := merlin.New("SigningContext")
	t.Append("", []byte(context))
	t.Append("sign-bytes", msg)
	return t
}

// Verify reports whether sig is a signature of msg by the holder of pub.
func Verify(sig *[64]byte, msg []byte, pub *[32]byte) bool {
	// The highest bit tells these signatures from Ed25519's.
	if sig[63]&0x80 == 0 {
		return false
	}
	t := message(msg)
	t.Append("proto-name", []byte("Schnorr-sig"))
	t.Append("sign:pk", pub[:])
	t.Append("sign:R", sig[:32])
	s := [32]byte(sig[32:])
	s[31] &= 0x7f
	a, ok := curve25519.DecodeRistretto(*pub)
	if !ok || !curve25519.IsReduced(s) {
		return false
	}
	r := curve25519.Basepoint.Mul(s).Add(a.Neg().Mul(challenge(t, "sign:c")))
	return r.EncodeRistretto() == [32]byte(sig[:32])
}

func challenge(t *merlin.Transcript, label string) [32]byte {
	var wide [64]byte
	t.Challenge(label, wide[:])
	return curve25519.Reduce(wide[:])
}

// A Pair is a secret key with its public key.
type Pair struct {
	key    [32]byte // a number modulo the order of the group
	nonce  [32]byte
	Public [32]byte
}

// NewPair returns the pair of a seed, expanded as Ed25519 does.
func NewPair(seed *[32]byte) *Pair {
	h := sha512.Sum512(seed[:])
	key := [32]byte(h[:32])
	key[0] &= 248
	key[31] = key[31]&63 | 64
	// Divided by the cofactor: three bits to the right.
	for i := range 31 {
		key[i] = key[i]>>3 | key[i+1]<<5
	}
	key[31] >>= 3
	p := &Pair{key: key, nonce: [32]byte(h[32:])}
	p.setPublic()
	return p
}

func (p *Pair) setPublic() {
	point := curve25519.Basepoint.Mul(p.key)
	p.Public = point.EncodeRistretto()
}

// Sign returns a signature of msg. The host's are random; this one is always the same.
func (p *Pair) Sign(msg []byte) (sig [64]byte) {
	t := message(msg)
	t.Append("proto-name", []byte("Schnorr-sig"))
	t.Append("sign:pk", p.Public[:])
	witness := *t
	witness.Append("nonce", p.nonce[:])
	r := challenge(&witness, "signing")
	point := curve25519.Basepoint.Mul(r)
	encoded := point.EncodeRistretto()
	t.Append("sign:R", encoded[:])
	s := curve25519.MulAdd(challenge(t, "sign:c"), p.key, r)
	copy(sig[:32], encoded[:])
	copy(sig[32:], s[:])
	sig[63] |= 0x80
	return sig
}
