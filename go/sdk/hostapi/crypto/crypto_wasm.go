//go:build wasm && polkadot

package crypto

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_crypto_ed25519_verify_version_1
func ext_crypto_ed25519_verify_version_1(sig uint32, msg uint64, pub uint32) uint32

//go:wasmimport env ext_crypto_sr25519_verify_version_2
func ext_crypto_sr25519_verify_version_2(sig uint32, msg uint64, pub uint32) uint32

//go:wasmimport env ext_crypto_ecdsa_verify_version_2
func ext_crypto_ecdsa_verify_version_2(sig uint32, msg uint64, pub uint32) uint32

//go:wasmimport env ext_crypto_ecdsa_verify_prehashed_version_1
func ext_crypto_ecdsa_verify_prehashed_version_1(sig, hash, pub uint32) uint32

func hostEd25519Verify(sig *[64]byte, msg []byte, pub *[32]byte) bool {
	return ext_crypto_ed25519_verify_version_1(host.Pointer(sig), host.Bytes(msg), host.Pointer(pub)) != 0
}

func hostSr25519Verify(sig *[64]byte, msg []byte, pub *[32]byte) bool {
	return ext_crypto_sr25519_verify_version_2(host.Pointer(sig), host.Bytes(msg), host.Pointer(pub)) != 0
}

func hostEcdsaVerify(sig *[65]byte, msg []byte, pub *[33]byte) bool {
	return ext_crypto_ecdsa_verify_version_2(host.Pointer(sig), host.Bytes(msg), host.Pointer(pub)) != 0
}

func hostEcdsaVerifyPrehashed(sig *[65]byte, hash *[32]byte, pub *[33]byte) bool {
	return ext_crypto_ecdsa_verify_prehashed_version_1(host.Pointer(sig), host.Pointer(hash), host.Pointer(pub)) != 0
}
