//go:build wasm && polkadot && !polkago_rfc145

package crypto

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_crypto_ed25519_public_keys_version_1
func ext_crypto_ed25519_public_keys_version_1(id uint32) uint64

//go:wasmimport env ext_crypto_sr25519_public_keys_version_1
func ext_crypto_sr25519_public_keys_version_1(id uint32) uint64

//go:wasmimport env ext_crypto_ecdsa_public_keys_version_1
func ext_crypto_ecdsa_public_keys_version_1(id uint32) uint64

func hostEd25519PublicKeys(id KeyType) [][32]byte {
	return host.TakeList[[32]byte](ext_crypto_ed25519_public_keys_version_1(host.Pointer(&id)))
}

func hostSr25519PublicKeys(id KeyType) [][32]byte {
	return host.TakeList[[32]byte](ext_crypto_sr25519_public_keys_version_1(host.Pointer(&id)))
}

func hostEcdsaPublicKeys(id KeyType) [][33]byte {
	return host.TakeList[[33]byte](ext_crypto_ecdsa_public_keys_version_1(host.Pointer(&id)))
}
