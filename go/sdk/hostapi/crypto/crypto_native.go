//go:build !(wasm && polkadot)

package crypto

import (
	"polkago.dev/sdk/hostapi/internal/blake2b"
	"polkago.dev/sdk/hostapi/internal/ed25519"
	"polkago.dev/sdk/hostapi/internal/secp256k1"
	"polkago.dev/sdk/hostapi/internal/sr25519"
)

func hostEd25519Verify(sig *[64]byte, msg []byte, pub *[32]byte) bool {
	return ed25519.Verify(sig, msg, pub)
}

func hostSr25519Verify(sig *[64]byte, msg []byte, pub *[32]byte) bool {
	return sr25519.Verify(sig, msg, pub)
}

func hostEcdsaVerify(sig *[65]byte, msg []byte, pub *[33]byte) bool {
	hash := blake2b.Sum256(msg)
	return hostEcdsaVerifyPrehashed(sig, &hash, pub)
}

// The host verifies by recovering.
func hostEcdsaVerifyPrehashed(sig *[65]byte, hash *[32]byte, pub *[33]byte) bool {
	found, fault := secp256k1.Recover((*[64]byte)(sig[:64]), sig[64], hash)
	return fault == secp256k1.None && secp256k1.Compress(&found) == *pub
}

func hostSecp256k1EcdsaRecover(sig *[65]byte, hash *[32]byte) (pub [64]byte, fault uint8, ok bool) {
	v := sig[64]
	if v > 26 {
		v -= 27
	}
	pub, f := secp256k1.Recover((*[64]byte)(sig[:64]), v, hash)
	return pub, uint8(f), f == secp256k1.None
}

func hostSecp256k1EcdsaRecoverCompressed(sig *[65]byte, hash *[32]byte) (pub [33]byte, fault uint8, ok bool) {
	long, fault, ok := hostSecp256k1EcdsaRecover(sig, hash)
	if !ok {
		return pub, fault, false
	}
	return secp256k1.Compress(&long), 0, true
}
