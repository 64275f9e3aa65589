// Package merkle computes the roots of Polkadot's Merkle-Patricia tries of radix 16 (Polkadot specification, "State
// Storage Trie") and checks proofs of their entries.
package merkle

import (
	"bytes"
	"slices"

	"polkago.dev/sdk/hostapi/internal/blake2b"
	"polkago.dev/sdk/hostapi/internal/keccak"
	"polkago.dev/sdk/scale"
)

// An Entry is a key with its value.
type Entry struct {
	Key, Value []byte
	// Hashed says that the node has the value's hash where the value has at least 33 bytes: state version 1.
	Hashed bool
}

// A Hash is the function that the nodes of a trie are hashed with.
type Hash func([]byte) [32]byte

// The hash functions of the host's tries.
var (
	Blake2b256 Hash = blake2b.Sum256
	Keccak256  Hash = keccak.Sum256
)

// inlineValue is the length from which on values are hashed in state version 1.
const inlineValue = 33

// The first bits of a node's first byte, and how many of its bits are left for the length of the partial key
// (specification, definition "Node Header").
const (
	leaf         = 0b0100_0000
	branch       = 0b1000_0000
	branchValue  = 0b1100_0000
	leafHashed   = 0b0010_0000
	branchHashed = 0b0001_0000
)

// Root returns the root of the trie with the given entries. Of several with the same key the last one counts.
func Root(entries []Entry, hash Hash) [32]byte {
	sorted := slices.Clone(entries)
	slices.SortStableFunc(sorted, func(a, b Entry) int { return bytes.Compare(a.Key, b.Key) })
	unique := sorted[:0]
	for i, e := range sorted {
		if i+1 == len(sorted) || !bytes.Equal(e.Key, sorted[i+1].Key) {
			unique = append(unique, e)
		}
	}
	return hash(encode(unique, 0, hash))
}

// OrderedRoot returns the root of the trie that has each value under the compact encoding of its index.
func OrderedRoot(values [][]byte, hashed bool, hash Hash) [32]byte {
	entries := make([]Entry, len(values))
	for i, v := range values {
		entries[i] = Entry{scale.AppendCompactU32(nil, uint32(i)), v, hashed}
	}
	return Root(entries, hash)
}

// nibble returns the i-th half of a key's bytes, the upper one of each byte first.
func nibble(key []byte, i int) byte {
	if i%2 == 0 {
		return key[i/2] >> 4
	}
	return key[i/2] & 15
}

// common returns how many nibbles two keys have in common.
func common(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for i < n && a[i] == b[i] {
		i++
	}
	if i < n && a[i]>>4 == b[i]>>4 {
		return 2*i + 1
	}
	return 2 * i
}

// encode returns the encoding of the node of entries in ascending order whose keys share the nibbles before from,
// which the node's ancestors stand for.
func encode(entries []Entry, from int, hash Hash) []byte {
	if len(entries) == 0 {
		return []byte{0}
	}
	first := &entries[0]
	if len(entries) == 1 {
		b := appendHeader(nil, leaf, leafHashed, first, from, 2*len(first.Key))
		return appendValue(b, first, hash)
	}
	to := common(first.Key, entries[len(entries)-1].Key)
	var value *Entry
	if 2*len(first.Key) == to {
		value = first
		entries = entries[1:]
	}
	kind, kindHashed := byte(branch), byte(branch)
	if value != nil {
		kind, kindHashed = branchValue, branchHashed
	}
	b := appendHeader(nil, kind, kindHashed, first, from, to)
	bitmap := len(b)
	b = append(b, 0, 0)
	if value != nil {
		b = appendValue(b, value, hash)
	}
	for len(entries) > 0 {
		child := nibble(entries[0].Key, to)
		n := 1
		for n < len(entries) && nibble(entries[n].Key, to) == child {
			n++
		}
		b[bitmap+int(child/8)] |= 1 << (child % 8)
		b = scale.AppendBytes(b, merkleValue(encode(entries[:n], to+1, hash), hash))
		entries = entries[n:]
	}
	return b
}

// merkleValue is what a node's parent has of it: its encoding, or the hash of that if it is no longer.
func merkleValue(node []byte, hash Hash) []byte {
	if len(node) < 32 {
		return node
	}
	h := hash(node)
	return h[:]
}

func (e *Entry) hashed() bool { return e.Hashed && len(e.Value) >= inlineValue }

// appendHeader appends a node's header and its partial key: the nibbles of the entry's key between two places.
func appendHeader(b []byte, kind, kindHashed byte, e *Entry, from, to int) []byte {
	most := 63
	if e.hashed() && kind != kindHashed {
		kind = kindHashed
		if kind == leafHashed {
			most = 31
		} else {
			most = 15
		}
	}
	n := to - from
	if n < most {
		b = append(b, kind|byte(n))
	} else {
		b = append(b, kind|byte(most))
		for n -= most; n >= 255; n -= 255 {
			b = append(b, 255)
		}
		b = append(b, byte(n))
	}
	if (to-from)%2 != 0 {
		b = append(b, nibble(e.Key, from))
		from++
	}
	for ; from < to; from += 2 {
		b = append(b, nibble(e.Key, from)<<4|nibble(e.Key, from+1))
	}
	return b
}

func appendValue(b []byte, e *Entry, hash Hash) []byte {
	if e.hashed() {
		h := hash(e.Value)
		return append(b, h[:]...)
	}
	return scale.AppendBytes(b, e.Value)
}
