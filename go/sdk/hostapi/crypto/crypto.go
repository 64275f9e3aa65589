// Package crypto checks signatures, and signs with keys of the node's keystore (Polkadot specification, "Crypto").
package crypto

// A KeyType says what keys of the keystore are for, such as "babe" or "gran".
type KeyType [4]byte

// Ed25519Verify reports whether sig is an Ed25519 signature of msg by the holder of pub.
func Ed25519Verify(sig *[64]byte, msg []byte, pub *[32]byte) bool {
	return hostEd25519Verify(sig, msg, pub)
}

// Sr25519Verify reports whether sig is an sr25519 signature of msg by the holder of pub.
func Sr25519Verify(sig *[64]byte, msg []byte, pub *[32]byte) bool {
	return hostSr25519Verify(sig, msg, pub)
}

// EcdsaVerify reports whether sig, r, s and v of 0 to 3, is an ECDSA signature on secp256k1 of the BLAKE2b hash of
// msg by the holder of pub.
func EcdsaVerify(sig *[65]byte, msg []byte, pub *[33]byte) bool {
	return hostEcdsaVerify(sig, msg, pub)
}

// EcdsaVerifyPrehashed is [EcdsaVerify] of a hash.
func EcdsaVerifyPrehashed(sig *[65]byte, hash *[32]byte, pub *[33]byte) bool {
	return hostEcdsaVerifyPrehashed(sig, hash, pub)
}

// A RecoverError says why there is no public key that a signature is by.
type RecoverError uint8

// What can be wrong with a signature.
const (
	BadRS        RecoverError = iota // r or s is not below the order of the group
	BadV                             // v is none of 0 to 3 and 27 to 30
	BadSignature                     // no public key fits
)

func (e RecoverError) Error() string {
	switch e {
	case BadRS:
		return "r or s of the signature is out of range"
	case BadV:
		return "v of the signature is out of range"
	}
	return "the signature is by no public key"
}

// Secp256k1EcdsaRecover returns the public key, x and y, that an ECDSA signature of a hash is by. v, the last byte of
// sig, is 0 to 3 or 27 to 30. The error is a [RecoverError].
func Secp256k1EcdsaRecover(sig *[65]byte, hash *[32]byte) (pub [64]byte, err error) {
	pub, fault, ok := hostSecp256k1EcdsaRecover(sig, hash)
	if !ok {
		return pub, RecoverError(fault)
	}
	return pub, nil
}

// Secp256k1EcdsaRecoverCompressed is [Secp256k1EcdsaRecover] that gives the short form of the public key.
func Secp256k1EcdsaRecoverCompressed(sig *[65]byte, hash *[32]byte) (pub [33]byte, err error) {
	pub, fault, ok := hostSecp256k1EcdsaRecoverCompressed(sig, hash)
	if !ok {
		return pub, RecoverError(fault)
	}
	return pub, nil
}
