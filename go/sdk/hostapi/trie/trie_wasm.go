//go:build wasm && polkadot

package trie

import (
	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/internal/host"
	"polkago.dev/sdk/scale"
)

//go:wasmimport env ext_trie_blake2_256_verify_proof_version_2
func ext_trie_blake2_256_verify_proof_version_2(root uint32, proof, key, value uint64, version uint32) uint32

//go:wasmimport env ext_trie_keccak_256_verify_proof_version_2
func ext_trie_keccak_256_verify_proof_version_2(root uint32, proof, key, value uint64, version uint32) uint32

func hostBlake2b256VerifyProof(root *[32]byte, proof [][]byte, key, value []byte, version hostapi.StateVersion) bool {
	return ext_trie_blake2_256_verify_proof_version_2(host.Pointer(root), host.Bytes(encodeList(proof)),
		host.Bytes(key), host.Bytes(value), uint32(version)) != 0
}

func hostKeccak256VerifyProof(root *[32]byte, proof [][]byte, key, value []byte, version hostapi.StateVersion) bool {
	return ext_trie_keccak_256_verify_proof_version_2(host.Pointer(root), host.Bytes(encodeList(proof)),
		host.Bytes(key), host.Bytes(value), uint32(version)) != 0
}

func encodePairs(entries []Pair) []byte {
	n := scale.SizeLen(len(entries))
	for i := range entries {
		n += scale.SizeBytes(entries[i].Key) + scale.SizeBytes(entries[i].Value)
	}
	b := scale.AppendLen(make([]byte, 0, n), len(entries))
	for i := range entries {
		b = scale.AppendBytes(scale.AppendBytes(b, entries[i].Key), entries[i].Value)
	}
	return b
}

func encodeList(values [][]byte) []byte {
	n := scale.SizeLen(len(values))
	for _, v := range values {
		n += scale.SizeBytes(v)
	}
	b := scale.AppendLen(make([]byte, 0, n), len(values))
	for _, v := range values {
		b = scale.AppendBytes(b, v)
	}
	return b
}
