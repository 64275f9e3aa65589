package sr25519

import (
	"polkago.dev/sdk/hostapi/internal/curve25519"
	"polkago.dev/sdk/hostapi/internal/merlin"
)

func derivation() *merlin.Transcript {
	t := merlin.New("SchnorrRistrettoHDKD")
	t.Append("sign-bytes", nil)
	return t
}

// DeriveHard returns the pair that only the secret key leads to by a chain code.
func (p *Pair) DeriveHard(code *[32]byte) *Pair {
	t := derivation()
	t.Append("chain-code", code[:])
	t.Append("secret-key", p.key[:])
	var seed [32]byte
	t.Challenge("HDKD-hard", seed[:])
	return NewPair(&seed)
}

// DeriveSoft returns the pair to whose public key the public key leads by a chain code.
func (p *Pair) DeriveSoft(code *[32]byte) *Pair {
	t := derivation()
	t.Append("chain-code", code[:])
	t.Append("public-key", p.Public[:])
	one := [32]byte{1}
	q := &Pair{key: curve25519.MulAdd(p.key, one, challenge(t, "HDKD-scalar"))}
	t.Append("HDKD-nonce", p.nonce[:])
	t.Challenge("HDKD-nonce", q.nonce[:])
	q.setPublic()
	return q
}
