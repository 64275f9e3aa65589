// Package trie computes the roots of tries that are not part of the state, such as that of a block's extrinsics, and
// checks proofs (Polkadot specification, "Trie").
package trie

import "polkago.dev/sdk/hostapi"

// A Pair is a key and its value.
type Pair struct{ Key, Value []byte }

// Blake2b256Root returns the root of the trie with the given entries, hashed by BLAKE2b.
func Blake2b256Root(entries []Pair, version hostapi.StateVersion) [32]byte {
	return hostBlake2b256Root(entries, version)
}

// Blake2b256OrderedRoot returns the root of the trie that has each value under the compact encoding of its index,
// hashed by BLAKE2b: how blocks have the root of their extrinsics.
func Blake2b256OrderedRoot(values [][]byte, version hostapi.StateVersion) [32]byte {
	return hostBlake2b256OrderedRoot(values, version)
}

// Keccak256Root is [Blake2b256Root] with Keccak.
func Keccak256Root(entries []Pair, version hostapi.StateVersion) [32]byte {
	return hostKeccak256Root(entries, version)
}

// Keccak256OrderedRoot is [Blake2b256OrderedRoot] with Keccak.
func Keccak256OrderedRoot(values [][]byte, version hostapi.StateVersion) [32]byte {
	return hostKeccak256OrderedRoot(values, version)
}

// Blake2b256VerifyProof reports whether a proof, the nodes on the way from the root to the key, shows that the trie
// with the given root has the value under the key.
func Blake2b256VerifyProof(root *[32]byte, proof [][]byte, key, value []byte, version hostapi.StateVersion) bool {
	return hostBlake2b256VerifyProof(root, proof, key, value, version)
}

// Keccak256VerifyProof is [Blake2b256VerifyProof] with Keccak.
func Keccak256VerifyProof(root *[32]byte, proof [][]byte, key, value []byte, version hostapi.StateVersion) bool {
	return hostKeccak256VerifyProof(root, proof, key, value, version)
}
