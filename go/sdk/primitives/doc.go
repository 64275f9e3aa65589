// Package primitives has the types that every Polkadot runtime exchanges with its host: hashes, headers, digests,
// blocks, extrinsics with their addresses, signatures and eras, the version of a runtime, inherent data, and what
// becomes of a transaction.
//
// Their encodings are those of the reference implementation (crates sp-runtime 49, sp-version 47 and sp-inherents);
// its own codec wrote the vectors that the tests compare with. Types that are enumerations there are structures with
// a Kind here: they need no memory of their own, and their zero value is the first variant.
package primitives

import "polkago.dev/sdk/scale"

// BlockNumber is the number of a block. The genesis block has number 0.
type BlockNumber = uint32

// Nonce is the number of transactions that an account has sent.
type Nonce = uint32

// A Hash is a BLAKE2b-256 hash, as of a block's header.
type Hash [32]byte

// AppendSCALE appends the 32 bytes.
func (h *Hash) AppendSCALE(b []byte) []byte { return append(b, h[:]...) }

// SizeSCALE returns the length of the encoding.
func (h *Hash) SizeSCALE() int { return len(h) }

// DecodeSCALE reads 32 bytes.
func (h *Hash) DecodeSCALE(d *scale.Decoder) { d.Fixed(h[:]) }

// String returns the hash in hexadecimal, with 0x in front.
func (h Hash) String() string { return hexString(h[:]) }

// An AccountID names an account: for most accounts it is their public key.
type AccountID [32]byte

// AppendSCALE appends the 32 bytes.
func (a *AccountID) AppendSCALE(b []byte) []byte { return append(b, a[:]...) }

// SizeSCALE returns the length of the encoding.
func (a *AccountID) SizeSCALE() int { return len(a) }

// DecodeSCALE reads 32 bytes.
func (a *AccountID) DecodeSCALE(d *scale.Decoder) { d.Fixed(a[:]) }

// String returns the account in hexadecimal, with 0x in front.
func (a AccountID) String() string { return hexString(a[:]) }

func hexString(v []byte) string {
	const digits = "0123456789abcdef"
	text := make([]byte, 0, 2+2*len(v))
	text = append(text, "0x"...)
	for _, x := range v {
		text = append(text, digits[x>>4], digits[x&15])
	}
	return string(text)
}
