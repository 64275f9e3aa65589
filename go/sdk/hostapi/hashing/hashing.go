// Package hashing is the hash functions of the host (Polkadot specification, "Hashing"). The xxHash64 of a short key
// takes less than the call of the host, and is computed here.
package hashing

import "polkago.dev/sdk/hostapi/internal/xxhash"

// Keccak256 returns the 256-bit Keccak hash, as Ethereum uses it (not SHA-3).
func Keccak256(data []byte) [32]byte { return hostKeccak256(data) }

// Keccak512 returns the 512-bit Keccak hash (not SHA-3).
func Keccak512(data []byte) [64]byte { return hostKeccak512(data) }

// Sha256 returns the SHA-256 hash.
func Sha256(data []byte) [32]byte { return hostSha256(data) }

// Blake2b128 returns the BLAKE2b hash of 128 bits.
func Blake2b128(data []byte) [16]byte { return hostBlake2b128(data) }

// Blake2b256 returns the BLAKE2b hash of 256 bits.
func Blake2b256(data []byte) [32]byte { return hostBlake2b256(data) }

// Twox256 returns four xxHash64 hashes with the seeds 0 to 3. It is not cryptographic.
func Twox256(data []byte) (hash [32]byte) {
	if len(data) < xxhash.Stripe {
		xxhash.SumShort(hash[:], data)
		return hash
	}
	return hostTwox256(data)
}

// Twox128 returns two xxHash64 hashes with the seeds 0 and 1. It is not cryptographic.
func Twox128(data []byte) (hash [16]byte) {
	if len(data) < xxhash.Stripe {
		xxhash.SumShort(hash[:], data)
		return hash
	}
	return hostTwox128(data)
}

// Twox64 returns the xxHash64 hash with the seed 0. It is not cryptographic.
func Twox64(data []byte) (hash [8]byte) {
	if len(data) < xxhash.Stripe {
		xxhash.SumShort(hash[:], data)
		return hash
	}
	return hostTwox64(data)
}
