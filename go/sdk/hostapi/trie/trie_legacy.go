//go:build wasm && polkadot && !polkago_rfc145

package trie

import (
	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/internal/host"
)

//go:wasmimport env ext_trie_blake2_256_root_version_2
func ext_trie_blake2_256_root_version_2(entries uint64, version uint32) uint32

//go:wasmimport env ext_trie_blake2_256_ordered_root_version_2
func ext_trie_blake2_256_ordered_root_version_2(values uint64, version uint32) uint32

//go:wasmimport env ext_trie_keccak_256_root_version_2
func ext_trie_keccak_256_root_version_2(entries uint64, version uint32) uint32

//go:wasmimport env ext_trie_keccak_256_ordered_root_version_2
func ext_trie_keccak_256_ordered_root_version_2(values uint64, version uint32) uint32

func hostBlake2b256Root(entries []Pair, version hostapi.StateVersion) [32]byte {
	return host.TakeFixed[[32]byte](ext_trie_blake2_256_root_version_2(host.Bytes(encodePairs(entries)), uint32(version)))
}

func hostBlake2b256OrderedRoot(values [][]byte, version hostapi.StateVersion) [32]byte {
	return host.TakeFixed[[32]byte](
		ext_trie_blake2_256_ordered_root_version_2(host.Bytes(encodeList(values)), uint32(version)))
}

func hostKeccak256Root(entries []Pair, version hostapi.StateVersion) [32]byte {
	return host.TakeFixed[[32]byte](ext_trie_keccak_256_root_version_2(host.Bytes(encodePairs(entries)), uint32(version)))
}

func hostKeccak256OrderedRoot(values [][]byte, version hostapi.StateVersion) [32]byte {
	return host.TakeFixed[[32]byte](
		ext_trie_keccak_256_ordered_root_version_2(host.Bytes(encodeList(values)), uint32(version)))
}
