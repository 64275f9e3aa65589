//go:build wasm && polkadot && polkago_rfc145

package crypto

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_crypto_ed25519_public_keys_version_2
func ext_crypto_ed25519_public_keys_version_2(id uint32, out uint64) uint32

//go:wasmimport env ext_crypto_sr25519_public_keys_version_2
func ext_crypto_sr25519_public_keys_version_2(id uint32, out uint64) uint32

//go:wasmimport env ext_crypto_ecdsa_public_keys_version_2
func ext_crypto_ecdsa_public_keys_version_2(id uint32, out uint64) uint32

func hostEd25519PublicKeys(id KeyType) [][32]byte {
	return publicKeys[[32]byte](id, ext_crypto_ed25519_public_keys_version_2)
}

func hostSr25519PublicKeys(id KeyType) [][32]byte {
	return publicKeys[[32]byte](id, ext_crypto_sr25519_public_keys_version_2)
}

func hostEcdsaPublicKeys(id KeyType) [][33]byte {
	return publicKeys[[33]byte](id, ext_crypto_ecdsa_public_keys_version_2)
}

// publicKeys returns the keys that read writes one behind the other.
func publicKeys[K [32]byte | [33]byte](id KeyType, read func(id uint32, out uint64) uint32) []K {
	b, _ := host.ReadWhole(func(out uint64) uint64 { return uint64(read(host.Pointer(&id), out)) })
	var key K
	keys := make([]K, 0, len(b)/len(key))
	for ; len(b) >= len(key); b = b[len(key):] {
		keys = append(keys, K(b[:len(key)]))
	}
	return keys
}
