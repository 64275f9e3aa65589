package crypto

// Signatures in batches are checked at once by nodes of today. The functions are there for old runtimes.

// StartBatchVerify starts a batch. Within one the host traps.
//
// Deprecated: verify signatures one by one.
func StartBatchVerify() { hostStartBatchVerify() }

// FinishBatchVerify ends the batch and reports whether all signatures in it hold. Outside of one the host traps.
//
// Deprecated: verify signatures one by one.
func FinishBatchVerify() bool { return hostFinishBatchVerify() }

// Ed25519BatchVerify is [Ed25519Verify] in a batch. Hosts of polkadot-sdk since they follow ZIP 215 trap in it.
//
// Deprecated: verify signatures one by one.
func Ed25519BatchVerify(sig *[64]byte, msg []byte, pub *[32]byte) bool {
	return hostEd25519BatchVerify(sig, msg, pub)
}

// Sr25519BatchVerify is [Sr25519Verify] in a batch.
//
// Deprecated: verify signatures one by one.
func Sr25519BatchVerify(sig *[64]byte, msg []byte, pub *[32]byte) bool {
	return hostSr25519BatchVerify(sig, msg, pub)
}

// EcdsaBatchVerify is [EcdsaVerify] in a batch.
//
// Deprecated: verify signatures one by one.
func EcdsaBatchVerify(sig *[65]byte, msg []byte, pub *[33]byte) bool {
	return hostEcdsaBatchVerify(sig, msg, pub)
}
