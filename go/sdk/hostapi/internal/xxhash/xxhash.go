// Package xxhash is the hash function xxHash64 (xxHash fast digest algorithm, version 0.1.1), which Polkadot calls
// "twox" where several of different seeds are put together.
package xxhash

import (
	"encoding/binary"
	"math/bits"
)

const (
	prime1 = 0x9e3779b185ebca87
	prime2 = 0xc2b2ae3d27d4eb4f
	prime3 = 0x165667b19e3779f9
	prime4 = 0x85ebca77c2b2ae63
	prime5 = 0x27d4eb2f165667c5
)

// Stripe is the length in bytes from which on data is hashed in stripes.
const Stripe = 32

// SumShort is [Sum] for data shorter than a stripe.
func SumShort(hash, data []byte) {
	for seed := range len(hash) / 8 {
		binary.LittleEndian.PutUint64(hash[8*seed:], finish(uint64(seed)+prime5, data, len(data)))
	}
}

// Sum fills hash with the hashes of data with the seeds 0, 1 and so on, each of 8 bytes.
func Sum(hash, data []byte) {
	for seed := range len(hash) / 8 {
		binary.LittleEndian.PutUint64(hash[8*seed:], Sum64(data, uint64(seed)))
	}
}

// Sum64 returns the hash of data with a seed.
func Sum64(data []byte, seed uint64) uint64 {
	n := len(data)
	h := seed + prime5
	if len(data) >= Stripe {
		// Sums, since constants may not overflow.
		var p1, p2 uint64 = prime1, prime2
		acc := [4]uint64{seed + p1 + p2, seed + p2, seed, seed - p1}
		for ; len(data) >= Stripe; data = data[Stripe:] {
			for i := range acc {
				acc[i] = round(acc[i], binary.LittleEndian.Uint64(data[8*i:]))
			}
		}
		h = 0
		for i, turn := range []int{1, 7, 12, 18} {
			h += bits.RotateLeft64(acc[i], turn)
		}
		for _, a := range acc {
			h = (h^round(0, a))*prime1 + prime4
		}
	}
	return finish(h, data, n)
}

// finish takes in what is left behind the stripes of n bytes.
func finish(h uint64, data []byte, n int) uint64 {
	h += uint64(n)
	for ; len(data) >= 8; data = data[8:] {
		h = bits.RotateLeft64(h^round(0, binary.LittleEndian.Uint64(data)), 27)*prime1 + prime4
	}
	if len(data) >= 4 {
		h = bits.RotateLeft64(h^uint64(binary.LittleEndian.Uint32(data))*prime1, 23)*prime2 + prime3
		data = data[4:]
	}
	for _, b := range data {
		h = bits.RotateLeft64(h^uint64(b)*prime5, 11) * prime1
	}
	h = (h ^ h>>33) * prime2
	h = (h ^ h>>29) * prime3
	return h ^ h>>32
}

func round(acc, lane uint64) uint64 {
	return bits.RotateLeft64(acc+lane*prime2, 31) * prime1
}
