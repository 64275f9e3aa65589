//go:build !(wasm && polkadot)

package hashing

import (
	"crypto/sha256"

	"polkago.dev/sdk/hostapi/internal/blake2b"
	"polkago.dev/sdk/hostapi/internal/keccak"
	"polkago.dev/sdk/hostapi/internal/xxhash"
)

func hostKeccak256(data []byte) [32]byte { return keccak.Sum256(data) }

func hostKeccak512(data []byte) [64]byte { return keccak.Sum512(data) }

func hostSha256(data []byte) [32]byte { return sha256.Sum256(data) }

func hostBlake2b128(data []byte) (hash [16]byte) {
	blake2b.Sum(hash[:], data)
	return hash
}

func hostBlake2b256(data []byte) [32]byte { return blake2b.Sum256(data) }

func hostTwox256(data []byte) (hash [32]byte) {
	xxhash.Sum(hash[:], data)
	return hash
}

func hostTwox128(data []byte) (hash [16]byte) {
	xxhash.Sum(hash[:], data)
	return hash
}

func hostTwox64(data []byte) (hash [8]byte) {
	xxhash.Sum(hash[:], data)
	return hash
}
