//go:build wasm && polkadot && !polkago_rfc145

package hashing

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_hashing_keccak_256_version_1
func ext_hashing_keccak_256_version_1(data uint64) uint32

//go:wasmimport env ext_hashing_keccak_512_version_1
func ext_hashing_keccak_512_version_1(data uint64) uint32

//go:wasmimport env ext_hashing_sha2_256_version_1
func ext_hashing_sha2_256_version_1(data uint64) uint32

//go:wasmimport env ext_hashing_blake2_128_version_1
func ext_hashing_blake2_128_version_1(data uint64) uint32

//go:wasmimport env ext_hashing_blake2_256_version_1
func ext_hashing_blake2_256_version_1(data uint64) uint32

//go:wasmimport env ext_hashing_twox_256_version_1
func ext_hashing_twox_256_version_1(data uint64) uint32

//go:wasmimport env ext_hashing_twox_128_version_1
func ext_hashing_twox_128_version_1(data uint64) uint32

//go:wasmimport env ext_hashing_twox_64_version_1
func ext_hashing_twox_64_version_1(data uint64) uint32

func hostKeccak256(data []byte) [32]byte {
	return host.TakeFixed[[32]byte](ext_hashing_keccak_256_version_1(host.Bytes(data)))
}

func hostKeccak512(data []byte) [64]byte {
	return host.TakeFixed[[64]byte](ext_hashing_keccak_512_version_1(host.Bytes(data)))
}

func hostSha256(data []byte) [32]byte {
	return host.TakeFixed[[32]byte](ext_hashing_sha2_256_version_1(host.Bytes(data)))
}

func hostBlake2b128(data []byte) [16]byte {
	return host.TakeFixed[[16]byte](ext_hashing_blake2_128_version_1(host.Bytes(data)))
}

func hostBlake2b256(data []byte) [32]byte {
	return host.TakeFixed[[32]byte](ext_hashing_blake2_256_version_1(host.Bytes(data)))
}

func hostTwox256(data []byte) [32]byte {
	return host.TakeFixed[[32]byte](ext_hashing_twox_256_version_1(host.Bytes(data)))
}

func hostTwox128(data []byte) [16]byte {
	return host.TakeFixed[[16]byte](ext_hashing_twox_128_version_1(host.Bytes(data)))
}

func hostTwox64(data []byte) [8]byte {
	return host.TakeFixed[[8]byte](ext_hashing_twox_64_version_1(host.Bytes(data)))
}
