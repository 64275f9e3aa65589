package primitives

import "polkago.dev/sdk/scale"

// A SignatureKind is a scheme of signatures.
type SignatureKind uint8

// The schemes of signatures.
const (
	// Ed25519: EdDSA over Curve25519; 64 bytes.
	Ed25519 SignatureKind = iota
	// Sr25519: Schnorr signatures over Ristretto25519; 64 bytes.
	Sr25519
	// Ecdsa: ECDSA over secp256k1 of a BLAKE2b-256 hash; 65 bytes, of which the last tells how to recover the key.
	Ecdsa
	// Eth: ECDSA as Ethereum uses it, of a Keccak-256 hash; 65 bytes.
	Eth
)

// Size returns the number of bytes of a signature.
func (k SignatureKind) Size() int {
	if k == Ecdsa || k == Eth {
		return 65
	}
	return 64
}

// A MultiSignature is a signature by one of several schemes (reference implementation, sp_runtime::MultiSignature).
type MultiSignature struct {
	Kind SignatureKind
	// Bytes is the signature, in the first [SignatureKind.Size] bytes.
	Bytes [65]byte
}

// Sr25519Signature returns a signature by that scheme.
func Sr25519Signature(bytes [64]byte) MultiSignature {
	s := MultiSignature{Kind: Sr25519}
	copy(s.Bytes[:], bytes[:])
	return s
}

// AppendSCALE appends the kind and the bytes.
func (s *MultiSignature) AppendSCALE(b []byte) []byte {
	return append(append(b, byte(s.Kind)), s.Bytes[:s.Kind.Size()]...)
}

// SizeSCALE returns the length of the encoding.
func (s *MultiSignature) SizeSCALE() int { return 1 + s.Kind.Size() }

// DecodeSCALE reads a signature of one of the known kinds.
func (s *MultiSignature) DecodeSCALE(d *scale.Decoder) {
	*s = MultiSignature{Kind: SignatureKind(d.Tag(int(Eth) + 1))}
	d.Fixed(s.Bytes[:s.Kind.Size()])
}
