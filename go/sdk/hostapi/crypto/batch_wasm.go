//go:build wasm && polkadot

package crypto

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_crypto_start_batch_verify_version_1
func ext_crypto_start_batch_verify_version_1()

//go:wasmimport env ext_crypto_finish_batch_verify_version_1
func ext_crypto_finish_batch_verify_version_1() uint32

//go:wasmimport env ext_crypto_ed25519_batch_verify_version_1
func ext_crypto_ed25519_batch_verify_version_1(sig uint32, msg uint64, pub uint32) uint32

//go:wasmimport env ext_crypto_sr25519_batch_verify_version_1
func ext_crypto_sr25519_batch_verify_version_1(sig uint32, msg uint64, pub uint32) uint32

//go:wasmimport env ext_crypto_ecdsa_batch_verify_version_1
func ext_crypto_ecdsa_batch_verify_version_1(sig uint32, msg uint64, pub uint32) uint32

func hostStartBatchVerify() { ext_crypto_start_batch_verify_version_1() }

func hostFinishBatchVerify() bool { return ext_crypto_finish_batch_verify_version_1() != 0 }

func hostEd25519BatchVerify(sig *[64]byte, msg []byte, pub *[32]byte) bool {
	return ext_crypto_ed25519_batch_verify_version_1(host.Pointer(sig), host.Bytes(msg), host.Pointer(pub)) != 0
}

func hostSr25519BatchVerify(sig *[64]byte, msg []byte, pub *[32]byte) bool {
	return ext_crypto_sr25519_batch_verify_version_1(host.Pointer(sig), host.Bytes(msg), host.Pointer(pub)) != 0
}

func hostEcdsaBatchVerify(sig *[65]byte, msg []byte, pub *[33]byte) bool {
	return ext_crypto_ecdsa_batch_verify_version_1(host.Pointer(sig), host.Bytes(msg), host.Pointer(pub)) != 0
}
