//go:build wasm && polkadot && polkago_rfc145

package trie

import (
	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/internal/host"
)

//go:wasmimport env ext_trie_blake2_256_root_version_3
func ext_trie_blake2_256_root_version_3(input uint64, version, out uint32)

//go:wasmimport env ext_trie_blake2_256_ordered_root_version_3
func ext_trie_blake2_256_ordered_root_version_3(input uint64, version, out uint32)

//go:wasmimport env ext_trie_keccak_256_root_version_3
func ext_trie_keccak_256_root_version_3(input uint64, version, out uint32)

//go:wasmimport env ext_trie_keccak_256_ordered_root_version_3
func ext_trie_keccak_256_ordered_root_version_3(input uint64, version, out uint32)

func hostBlake2b256Root(entries []Pair, version hostapi.StateVersion) (root [32]byte) {
	ext_trie_blake2_256_root_version_3(host.Bytes(encodePairs(entries)), uint32(version), host.Pointer(&root))
	return root
}

func hostBlake2b256OrderedRoot(values [][]byte, version hostapi.StateVersion) (root [32]byte) {
	ext_trie_blake2_256_ordered_root_version_3(host.Bytes(encodeList(values)), uint32(version), host.Pointer(&root))
	return root
}

func hostKeccak256Root(entries []Pair, version hostapi.StateVersion) (root [32]byte) {
	ext_trie_keccak_256_root_version_3(host.Bytes(encodePairs(entries)), uint32(version), host.Pointer(&root))
	return root
}

func hostKeccak256OrderedRoot(values [][]byte, version hostapi.StateVersion) (root [32]byte) {
	ext_trie_keccak_256_ordered_root_version_3(host.Bytes(encodeList(values)), uint32(version), host.Pointer(&root))
	return root
}
