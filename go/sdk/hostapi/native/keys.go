package native

import "polkago.dev/sdk/hostapi/internal/memhost"

// An Sr25519Pair is a pair that signs for tests what runtimes verify. Its signatures do not depend on chance, so that
// they are no secret's to keep: it is not for real accounts.
type Sr25519Pair struct{ pair *memhost.Sr25519Pair }

// NewSr25519Pair returns the pair of a secret URI such as //Alice, as tools of Polkadot understand them: a seed of 64
// hexadecimal digits after 0x, or nothing for the phrase of development chains, and steps of derivation. It panics for
// other phrases and passwords.
func NewSr25519Pair(uri string) Sr25519Pair {
	if uri == "" {
		panic("native: no secret URI")
	}
	return Sr25519Pair{memhost.NewSr25519(uri)}
}

// Public returns the public key.
func (p Sr25519Pair) Public() [32]byte { return p.pair.PublicKey() }

// Sign signs a message.
func (p Sr25519Pair) Sign(msg []byte) [64]byte { return p.pair.Sign(msg) }
