package memhost

import (
	"crypto/ed25519"
	"crypto/rand"

	"polkago.dev/sdk/hostapi/internal/blake2b"
	"polkago.dev/sdk/hostapi/internal/secp256k1"
	"polkago.dev/sdk/hostapi/internal/sr25519"
	"polkago.dev/sdk/scale"
)

// A Keystore has the pairs of each scheme.
type Keystore struct {
	Ed25519 Pairs[[32]byte, *Ed25519Pair]
	Sr25519 Pairs[[32]byte, *Sr25519Pair]
	Ecdsa   Pairs[[33]byte, *EcdsaPair]
}

// Pairs are the pairs of a scheme by type, in the order in which they were added.
type Pairs[K comparable, P interface {
	comparable
	PublicKey() K
}] struct{ of map[[4]byte][]P }

// Add adds a pair and returns its public key.
func (p *Pairs[K, P]) Add(id [4]byte, pair P) K {
	pub := pair.PublicKey()
	if none := *new(P); p.Find(id, &pub) == none {
		if p.of == nil {
			p.of = make(map[[4]byte][]P)
		}
		p.of[id] = append(p.of[id], pair)
	}
	return pub
}

// Find returns the pair with a public key, or nil.
func (p *Pairs[K, P]) Find(id [4]byte, pub *K) (none P) {
	for _, pair := range p.of[id] {
		if pair.PublicKey() == *pub {
			return pair
		}
	}
	return none
}

// Keys returns the public keys of a type.
func (p *Pairs[K, P]) Keys(id [4]byte) []K {
	keys := make([]K, 0, len(p.of[id]))
	for _, pair := range p.of[id] {
		keys = append(keys, pair.PublicKey())
	}
	return keys
}

// An Ed25519Pair is a pair of that scheme.
type Ed25519Pair struct{ key ed25519.PrivateKey }

// NewEd25519 returns the pair of a secret URI, or a random one for none.
func NewEd25519(uri string) *Ed25519Pair {
	seed := seedOf(uri, "Ed25519HDKD")
	return &Ed25519Pair{ed25519.NewKeyFromSeed(seed[:])}
}

// PublicKey returns the public key.
func (p *Ed25519Pair) PublicKey() [32]byte { return [32]byte(p.key[32:]) }

// Sign signs a message.
func (p *Ed25519Pair) Sign(msg []byte) [64]byte { return [64]byte(ed25519.Sign(p.key, msg)) }

// An Sr25519Pair is a pair of that scheme.
type Sr25519Pair struct{ pair *sr25519.Pair }

// NewSr25519 returns the pair of a secret URI, or a random one for none.
func NewSr25519(uri string) *Sr25519Pair {
	if uri == "" {
		seed := randomSeed()
		return &Sr25519Pair{sr25519.NewPair(&seed)}
	}
	u := parseURI(uri)
	seed := u.seed
	pair := sr25519.NewPair(&seed)
	for _, j := range u.path {
		if j.hard {
			pair = pair.DeriveHard(&j.code)
		} else {
			pair = pair.DeriveSoft(&j.code)
		}
	}
	return &Sr25519Pair{pair}
}

// PublicKey returns the public key.
func (p *Sr25519Pair) PublicKey() [32]byte { return p.pair.Public }

// Sign signs a message.
func (p *Sr25519Pair) Sign(msg []byte) [64]byte { return p.pair.Sign(msg) }

// An EcdsaPair is a pair on secp256k1.
type EcdsaPair struct {
	secret [32]byte
	pub    [33]byte
}

// NewEcdsa returns the pair of a secret URI, or a random one for none.
func NewEcdsa(uri string) *EcdsaPair {
	secret := seedOf(uri, "Secp256k1HDKD")
	long, ok := secp256k1.Public(&secret)
	if !ok {
		panic("native: the seed is no secret key of secp256k1")
	}
	return &EcdsaPair{secret, secp256k1.Compress(&long)}
}

// PublicKey returns the public key.
func (p *EcdsaPair) PublicKey() [33]byte { return p.pub }

// Sign signs the hash of a message.
func (p *EcdsaPair) Sign(msg []byte) [65]byte {
	hash := blake2b.Sum256(msg)
	return p.SignPrehashed(&hash)
}

// SignPrehashed signs a hash.
func (p *EcdsaPair) SignPrehashed(hash *[32]byte) [65]byte { return secp256k1.Sign(&p.secret, hash) }

func randomSeed() (seed [32]byte) {
	rand.Read(seed[:])
	return seed
}

// seedOf returns the seed of a secret URI for the schemes whose derivation hashes seeds.
func seedOf(uri, label string) [32]byte {
	if uri == "" {
		return randomSeed()
	}
	u := parseURI(uri)
	seed := u.seed
	for _, j := range u.path {
		if !j.hard {
			panic("native: this scheme has no soft derivation: " + uri)
		}
		seed = blake2b.Sum256(append(append(scale.AppendString(nil, label), seed[:]...), j.code[:]...))
	}
	return seed
}
