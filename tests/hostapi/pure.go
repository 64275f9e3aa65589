package main

import (
	"strconv"

	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/hashing"
	"polkago.dev/sdk/hostapi/native"
	"polkago.dev/sdk/hostapi/trie"
)

func (r *report) hashes() {
	for _, n := range []int{0, 1, 3, 4, 7, 8, 31, 32, 33, 63, 64, 71, 72, 127, 128, 129, 135, 136, 137, 256, 1000, 5000} {
		data := pattern(n)
		k256, k512, sha := hashing.Keccak256(data), hashing.Keccak512(data), hashing.Sha256(data)
		b128, b256 := hashing.Blake2b128(data), hashing.Blake2b256(data)
		t64, t128, t256 := hashing.Twox64(data), hashing.Twox128(data), hashing.Twox256(data)
		name := " of " + strconv.Itoa(n)
		r.bytes("keccak256"+name, k256[:])
		r.bytes("keccak512"+name, k512[:])
		r.bytes("sha256"+name, sha[:])
		r.bytes("blake2b128"+name, b128[:])
		r.bytes("blake2b256"+name, b256[:])
		r.bytes("twox64"+name, t64[:])
		r.bytes("twox128"+name, t128[:])
		r.bytes("twox256"+name, t256[:])
	}
}

var versions = []hostapi.StateVersion{hostapi.StateV0, hostapi.StateV1}

func (r *report) tries() {
	for _, version := range versions {
		var pairs []trie.Pair
		var values [][]byte
		entries := map[string][]byte{}
		for i := range 150 {
			if i < 3 || i%40 == 0 {
				r.hash("blake2 root", trie.Blake2b256Root(pairs, version))
				r.hash("keccak root", trie.Keccak256Root(pairs, version))
				r.hash("blake2 ordered root", trie.Blake2b256OrderedRoot(values, version))
				r.hash("keccak ordered root", trie.Keccak256OrderedRoot(values, version))
			}
			key := strconv.AppendInt(nil, int64(i*i), 16)
			value := pattern(i % 50)
			pairs = append(pairs, trie.Pair{Key: key, Value: value})
			values = append(values, value)
			entries[string(key)] = value
		}
		// Of the same key twice the last one counts.
		twice := []trie.Pair{{Key: []byte("a"), Value: []byte("1")}, {Key: []byte("a"), Value: []byte("2")}}
		r.hash("a key twice", trie.Blake2b256Root(twice, version))
		root := trie.Blake2b256Root(pairs, version)
		for i, p := range pairs {
			proof, ok := native.Prove(entries, p.Key, version)
			if !ok {
				r.text("no proof", string(p.Key))
			}
			verify := func(root [32]byte, proof [][]byte, key, value []byte) {
				r.bool("proof", trie.Blake2b256VerifyProof(&root, proof, key, value, version))
			}
			verify(root, proof, p.Key, p.Value)
			if i%10 == 0 {
				verify(root, proof, p.Key, append(p.Value, 1))
				verify(root, proof, append(p.Key, 1), p.Value)
				verify([32]byte{}, proof, p.Key, p.Value)
				verify(root, append(proof, nil), p.Key, p.Value)
				verify(root, proof[1:], p.Key, p.Value)
				r.bool("keccak proof", trie.Keccak256VerifyProof(&root, proof, p.Key, p.Value, version))
			}
		}
		r.bool("no proof at all", trie.Blake2b256VerifyProof(&root, nil, []byte("a"), nil, version))
	}
}
