//go:build wasm && polkadot && !polkago_rfc145

package crypto

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_crypto_secp256k1_ecdsa_recover_version_2
func ext_crypto_secp256k1_ecdsa_recover_version_2(sig, hash uint32) uint64

//go:wasmimport env ext_crypto_secp256k1_ecdsa_recover_compressed_version_2
func ext_crypto_secp256k1_ecdsa_recover_compressed_version_2(sig, hash uint32) uint64

func hostSecp256k1EcdsaRecover(sig *[65]byte, hash *[32]byte) (pub [64]byte, fault uint8, ok bool) {
	return host.TakeResultFixed[[64]byte](
		ext_crypto_secp256k1_ecdsa_recover_version_2(host.Pointer(sig), host.Pointer(hash)))
}

func hostSecp256k1EcdsaRecoverCompressed(sig *[65]byte, hash *[32]byte) (pub [33]byte, fault uint8, ok bool) {
	return host.TakeResultFixed[[33]byte](
		ext_crypto_secp256k1_ecdsa_recover_compressed_version_2(host.Pointer(sig), host.Pointer(hash)))
}
