// Package ed25519 verifies Ed25519 signatures by the rules of ZIP 215, which Polkadot's hosts follow: encodings of
// points that are not canonical are taken, and the equation is multiplied by the cofactor.
package ed25519

import (
	"crypto/sha512"

	"polkago.dev/sdk/hostapi/internal/curve25519"
)

// Verify reports whether sig is a signature of msg by the holder of pub.
func Verify(sig *[64]byte, msg []byte, pub *[32]byte) bool {
	a, okA := curve25519.Decompress(*pub)
	r, okR := curve25519.Decompress([32]byte(sig[:32]))
	s := [32]byte(sig[32:])
	if !okA || !okR || !curve25519.IsReduced(s) {
		return false
	}
	h := sha512.New()
	h.Write(sig[:32])
	h.Write(pub[:])
	h.Write(msg)
	k := curve25519.Reduce(h.Sum(nil))
	difference := curve25519.Basepoint.Mul(s).Add(a.Neg().Mul(k)).Add(r.Neg())
	for range 3 {
		difference = difference.Add(difference)
	}
	return difference.IsIdentity()
}
