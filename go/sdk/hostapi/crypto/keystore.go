package crypto

// The keystore has keys of the node, such as those that it makes blocks with.

// Ed25519PublicKeys returns the public keys of Ed25519 pairs of a type, in no particular order.
func Ed25519PublicKeys(id KeyType) [][32]byte { return hostEd25519PublicKeys(id) }

// Ed25519Generate adds an Ed25519 pair of a type to the keystore and returns its public key. seed is a secret phrase, a seed
// in hexadecimal digits after 0x, or a derivation such as //Alice; a random pair has the seed "".
func Ed25519Generate(id KeyType, seed string) [32]byte { return hostEd25519Generate(id, seed) }

// Ed25519Sign signs msg with the Ed25519 pair of a type that has the public key. It reports whether the keystore has it.
func Ed25519Sign(id KeyType, pub *[32]byte, msg []byte) (sig [64]byte, ok bool) {
	return hostEd25519Sign(id, pub, msg)
}

// Sr25519PublicKeys returns the public keys of sr25519 pairs of a type, in no particular order.
func Sr25519PublicKeys(id KeyType) [][32]byte { return hostSr25519PublicKeys(id) }

// Sr25519Generate adds an sr25519 pair of a type to the keystore and returns its public key. seed is a secret phrase, a seed
// in hexadecimal digits after 0x, or a derivation such as //Alice; a random pair has the seed "".
func Sr25519Generate(id KeyType, seed string) [32]byte { return hostSr25519Generate(id, seed) }

// Sr25519Sign signs msg with the sr25519 pair of a type that has the public key. It reports whether the keystore has it.
func Sr25519Sign(id KeyType, pub *[32]byte, msg []byte) (sig [64]byte, ok bool) {
	return hostSr25519Sign(id, pub, msg)
}

// EcdsaPublicKeys returns the public keys of ECDSA pairs of a type, in no particular order.
func EcdsaPublicKeys(id KeyType) [][33]byte { return hostEcdsaPublicKeys(id) }

// EcdsaGenerate adds an ECDSA pair of a type to the keystore and returns its public key. seed is a secret phrase, a seed
// in hexadecimal digits after 0x, or a derivation such as //Alice; a random pair has the seed "".
func EcdsaGenerate(id KeyType, seed string) [33]byte { return hostEcdsaGenerate(id, seed) }

// EcdsaSign signs msg with the ECDSA pair of a type that has the public key. It reports whether the keystore has it.
func EcdsaSign(id KeyType, pub *[33]byte, msg []byte) (sig [65]byte, ok bool) {
	return hostEcdsaSign(id, pub, msg)
}

// EcdsaSignPrehashed is [EcdsaSign] of a hash.
func EcdsaSignPrehashed(id KeyType, pub *[33]byte, hash *[32]byte) (sig [65]byte, ok bool) {
	return hostEcdsaSignPrehashed(id, pub, hash)
}
