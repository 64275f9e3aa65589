//go:build !(wasm && polkadot)

package trie

import (
	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/internal/merkle"
)

func entriesOf(pairs []Pair, version hostapi.StateVersion) []merkle.Entry {
	entries := make([]merkle.Entry, len(pairs))
	for i, p := range pairs {
		entries[i] = merkle.Entry{Key: p.Key, Value: p.Value, Hashed: version == hostapi.StateV1}
	}
	return entries
}

func hostBlake2b256Root(entries []Pair, version hostapi.StateVersion) [32]byte {
	return merkle.Root(entriesOf(entries, version), merkle.Blake2b256)
}

func hostBlake2b256OrderedRoot(values [][]byte, version hostapi.StateVersion) [32]byte {
	return merkle.OrderedRoot(values, version == hostapi.StateV1, merkle.Blake2b256)
}

func hostBlake2b256VerifyProof(root *[32]byte, proof [][]byte, key, value []byte, version hostapi.StateVersion) bool {
	e := merkle.Entry{Key: key, Value: value, Hashed: version == hostapi.StateV1}
	return merkle.Verify(*root, proof, e, merkle.Blake2b256)
}

func hostKeccak256Root(entries []Pair, version hostapi.StateVersion) [32]byte {
	return merkle.Root(entriesOf(entries, version), merkle.Keccak256)
}

func hostKeccak256OrderedRoot(values [][]byte, version hostapi.StateVersion) [32]byte {
	return merkle.OrderedRoot(values, version == hostapi.StateV1, merkle.Keccak256)
}

func hostKeccak256VerifyProof(root *[32]byte, proof [][]byte, key, value []byte, version hostapi.StateVersion) bool {
	e := merkle.Entry{Key: key, Value: value, Hashed: version == hostapi.StateV1}
	return merkle.Verify(*root, proof, e, merkle.Keccak256)
}
