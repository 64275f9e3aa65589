//go:build wasm && polkadot

package crypto

import (
	"polkago.dev/sdk/hostapi/internal/host"
	"polkago.dev/sdk/scale"
)

//go:wasmimport env ext_crypto_ed25519_generate_version_1
func ext_crypto_ed25519_generate_version_1(id uint32, seed uint64) uint32

//go:wasmimport env ext_crypto_ed25519_sign_version_1
func ext_crypto_ed25519_sign_version_1(id, pub uint32, msg uint64) uint64

//go:wasmimport env ext_crypto_sr25519_generate_version_1
func ext_crypto_sr25519_generate_version_1(id uint32, seed uint64) uint32

//go:wasmimport env ext_crypto_sr25519_sign_version_1
func ext_crypto_sr25519_sign_version_1(id, pub uint32, msg uint64) uint64

//go:wasmimport env ext_crypto_ecdsa_generate_version_1
func ext_crypto_ecdsa_generate_version_1(id uint32, seed uint64) uint32

//go:wasmimport env ext_crypto_ecdsa_sign_version_1
func ext_crypto_ecdsa_sign_version_1(id, pub uint32, msg uint64) uint64

//go:wasmimport env ext_crypto_ecdsa_sign_prehashed_version_1
func ext_crypto_ecdsa_sign_prehashed_version_1(id, pub, hash uint32) uint64

// RFC-145 has generate and sign in new versions, whose prototypes contradict their descriptions, so these are the only
// ones.

func option(seed string) []byte {
	if seed == "" {
		return []byte{0}
	}
	return scale.AppendString([]byte{1}, seed)
}

func hostEd25519Generate(id KeyType, seed string) [32]byte {
	return host.TakeFixed[[32]byte](
		ext_crypto_ed25519_generate_version_1(host.Pointer(&id), host.Bytes(option(seed))))
}

func hostEd25519Sign(id KeyType, pub *[32]byte, msg []byte) ([64]byte, bool) {
	return host.TakeOptionFixed[[64]byte](
		ext_crypto_ed25519_sign_version_1(host.Pointer(&id), host.Pointer(pub), host.Bytes(msg)))
}

func hostSr25519Generate(id KeyType, seed string) [32]byte {
	return host.TakeFixed[[32]byte](
		ext_crypto_sr25519_generate_version_1(host.Pointer(&id), host.Bytes(option(seed))))
}

func hostSr25519Sign(id KeyType, pub *[32]byte, msg []byte) ([64]byte, bool) {
	return host.TakeOptionFixed[[64]byte](
		ext_crypto_sr25519_sign_version_1(host.Pointer(&id), host.Pointer(pub), host.Bytes(msg)))
}

func hostEcdsaGenerate(id KeyType, seed string) [33]byte {
	return host.TakeFixed[[33]byte](
		ext_crypto_ecdsa_generate_version_1(host.Pointer(&id), host.Bytes(option(seed))))
}

func hostEcdsaSign(id KeyType, pub *[33]byte, msg []byte) ([65]byte, bool) {
	return host.TakeOptionFixed[[65]byte](
		ext_crypto_ecdsa_sign_version_1(host.Pointer(&id), host.Pointer(pub), host.Bytes(msg)))
}

func hostEcdsaSignPrehashed(id KeyType, pub *[33]byte, hash *[32]byte) ([65]byte, bool) {
	return host.TakeOptionFixed[[65]byte](
		ext_crypto_ecdsa_sign_prehashed_version_1(host.Pointer(&id), host.Pointer(pub), host.Pointer(hash)))
}
