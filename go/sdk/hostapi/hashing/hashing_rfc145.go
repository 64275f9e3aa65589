//go:build wasm && polkadot && polkago_rfc145

package hashing

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_hashing_keccak_256_version_2
func ext_hashing_keccak_256_version_2(data uint64, out uint32)

//go:wasmimport env ext_hashing_keccak_512_version_2
func ext_hashing_keccak_512_version_2(data uint64, out uint32)

//go:wasmimport env ext_hashing_sha2_256_version_2
func ext_hashing_sha2_256_version_2(data uint64, out uint32)

//go:wasmimport env ext_hashing_blake2_128_version_2
func ext_hashing_blake2_128_version_2(data uint64, out uint32)

//go:wasmimport env ext_hashing_blake2_256_version_2
func ext_hashing_blake2_256_version_2(data uint64, out uint32)

//go:wasmimport env ext_hashing_twox_256_version_2
func ext_hashing_twox_256_version_2(data uint64, out uint32)

//go:wasmimport env ext_hashing_twox_128_version_2
func ext_hashing_twox_128_version_2(data uint64, out uint32)

//go:wasmimport env ext_hashing_twox_64_version_2
func ext_hashing_twox_64_version_2(data uint64, out uint32)

func hostKeccak256(data []byte) (hash [32]byte) {
	ext_hashing_keccak_256_version_2(host.Bytes(data), host.Pointer(&hash))
	return hash
}

func hostKeccak512(data []byte) (hash [64]byte) {
	ext_hashing_keccak_512_version_2(host.Bytes(data), host.Pointer(&hash))
	return hash
}

func hostSha256(data []byte) (hash [32]byte) {
	ext_hashing_sha2_256_version_2(host.Bytes(data), host.Pointer(&hash))
	return hash
}

func hostBlake2b128(data []byte) (hash [16]byte) {
	ext_hashing_blake2_128_version_2(host.Bytes(data), host.Pointer(&hash))
	return hash
}

func hostBlake2b256(data []byte) (hash [32]byte) {
	ext_hashing_blake2_256_version_2(host.Bytes(data), host.Pointer(&hash))
	return hash
}

func hostTwox256(data []byte) (hash [32]byte) {
	ext_hashing_twox_256_version_2(host.Bytes(data), host.Pointer(&hash))
	return hash
}

func hostTwox128(data []byte) (hash [16]byte) {
	ext_hashing_twox_128_version_2(host.Bytes(data), host.Pointer(&hash))
	return hash
}

func hostTwox64(data []byte) (hash [8]byte) {
	ext_hashing_twox_64_version_2(host.Bytes(data), host.Pointer(&hash))
	return hash
}
