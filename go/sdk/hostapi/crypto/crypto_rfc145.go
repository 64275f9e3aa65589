//go:build wasm && polkadot && polkago_rfc145

package crypto

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_crypto_secp256k1_ecdsa_recover_version_3
func ext_crypto_secp256k1_ecdsa_recover_version_3(sig, hash, out uint32) int32

//go:wasmimport env ext_crypto_secp256k1_ecdsa_recover_compressed_version_3
func ext_crypto_secp256k1_ecdsa_recover_compressed_version_3(sig, hash, out uint32) int32

func hostSecp256k1EcdsaRecover(sig *[65]byte, hash *[32]byte) (pub [64]byte, fault uint8, ok bool) {
	n := ext_crypto_secp256k1_ecdsa_recover_version_3(host.Pointer(sig), host.Pointer(hash), host.Pointer(&pub))
	return recovered(pub, n)
}

func hostSecp256k1EcdsaRecoverCompressed(sig *[65]byte, hash *[32]byte) (pub [33]byte, fault uint8, ok bool) {
	n := ext_crypto_secp256k1_ecdsa_recover_compressed_version_3(
		host.Pointer(sig), host.Pointer(hash), host.Pointer(&pub))
	return recovered(pub, n)
}

// recovered makes results of a result code: 0, or an error, of which legacy functions count from 0 up and these from -1
// down.
func recovered[K any](pub K, n int32) (K, uint8, bool) {
	if n == 0 {
		return pub, 0, true
	}
	var none K
	return none, uint8(-1 - n), false
}
