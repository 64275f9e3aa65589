package merkle_test

import (
	"encoding/hex"
	"fmt"
	"slices"
	"testing"

	"polkago.dev/sdk/hostapi/internal/merkle"
)

// The root of the empty trie is the hash of a byte 0; both are in every chain's genesis block.
func TestEmpty(t *testing.T) {
	for _, test := range []struct {
		hash merkle.Hash
		want string
	}{
		{merkle.Blake2b256, "03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314"},
		{merkle.Keccak256, "bc36789e7a1e281436464229828f817d6612f7b477d66591ff96a9e064bcc98a"},
	} {
		root := merkle.OrderedRoot(nil, false, test.hash)
		if got := hex.EncodeToString(root[:]); got != test.want {
			t.Errorf("root = %s, want %s", got, test.want)
		}
	}
}

// tries are sets of entries with every kind of node, short and long keys, and values of all kinds.
func tries() [][]merkle.Entry {
	var out [][]merkle.Entry
	for _, hashed := range []bool{false, true} {
		var chain, wide, tiny []merkle.Entry
		for i := range 48 {
			chain = append(chain, merkle.Entry{Key: make([]byte, i), Value: make([]byte, i*7%80), Hashed: hashed})
			key := fmt.Appendf(nil, "%d", i*i)
			wide = append(wide, merkle.Entry{Key: key, Value: append(make([]byte, 31), key...), Hashed: hashed})
			tiny = append(tiny, merkle.Entry{Key: []byte{byte(i)}, Value: []byte{byte(i)}, Hashed: hashed})
		}
		out = append(out, chain, wide, tiny, chain[5:6])
	}
	return out
}

func TestProofs(t *testing.T) {
	for i, entries := range tries() {
		root := merkle.Root(entries, merkle.Blake2b256)
		for _, e := range entries {
			proof, ok := merkle.Prove(entries, e.Key, merkle.Blake2b256)
			if !ok || !merkle.Verify(root, proof, e, merkle.Blake2b256) {
				t.Fatalf("trie %d: the proof of %x does not hold", i, e.Key)
			}
			wrong := e
			wrong.Value = append(slices.Clone(e.Value), 1)
			if merkle.Verify(root, proof, wrong, merkle.Blake2b256) {
				t.Errorf("trie %d: the proof of %x holds for another value", i, e.Key)
			}
			wrong = e
			wrong.Key = append(slices.Clone(e.Key), 1)
			if merkle.Verify(root, proof, wrong, merkle.Blake2b256) {
				t.Errorf("trie %d: the proof of %x holds for another key", i, e.Key)
			}
			if merkle.Verify(root, append(proof, []byte{0}), e, merkle.Blake2b256) {
				t.Errorf("trie %d: the proof of %x may have nodes that nothing leads to", i, e.Key)
			}
			for j := range proof {
				if merkle.Verify(root, proof[:j], e, merkle.Blake2b256) {
					t.Errorf("trie %d: %d nodes of the proof of %x are enough", i, j, e.Key)
				}
			}
		}
		if _, ok := merkle.Prove(entries, []byte("no such key"), merkle.Blake2b256); ok {
			t.Errorf("trie %d: a key without entry has a proof", i)
		}
	}
}

// Nothing that is no proof may make the verifier panic.
func FuzzVerify(f *testing.F) {
	for _, entries := range tries() {
		proof, _ := merkle.Prove(entries, entries[0].Key, merkle.Blake2b256)
		f.Add(proof[0], proof[len(proof)-1], entries[0].Key)
	}
	f.Fuzz(func(t *testing.T, a, b, key []byte) {
		merkle.Verify([32]byte{}, [][]byte{a, b}, merkle.Entry{Key: key}, merkle.Blake2b256)
	})
}
