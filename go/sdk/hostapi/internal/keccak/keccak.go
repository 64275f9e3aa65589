// Package keccak is the Keccak permutation of 1,600 bits and its hash functions as submitted to NIST's contest, whose
// padding is not that of SHA-3 (The Keccak reference, version 3.0).
package keccak

import (
	"encoding/binary"
	"math/bits"
)

var roundConstants = [24]uint64{
	0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
	0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
	0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
	0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
	0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
	0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
}

// The lanes in the order in which step pi visits them, beginning behind lane 1, and how far rho turns each.
var (
	pi  = [24]uint8{10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1}
	rho = [24]uint8{1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44}
)

// Permute applies the permutation to a state of 25 lanes.
func Permute(a *[25]uint64) {
	for _, rc := range roundConstants {
		var c [5]uint64
		for x := range c {
			c[x] = a[x] ^ a[x+5] ^ a[x+10] ^ a[x+15] ^ a[x+20]
		}
		for x := range c {
			d := c[(x+4)%5] ^ bits.RotateLeft64(c[(x+1)%5], 1)
			for y := 0; y < 25; y += 5 {
				a[x+y] ^= d
			}
		}
		lane := a[1]
		for i, to := range pi {
			lane, a[to] = a[to], bits.RotateLeft64(lane, int(rho[i]))
		}
		for y := 0; y < 25; y += 5 {
			row := [5]uint64(a[y : y+5])
			for x := range row {
				a[x+y] = row[x] ^ ^row[(x+1)%5]&row[(x+2)%5]
			}
		}
		a[0] ^= rc
	}
}

// sum absorbs data into a sponge of the given rate in bytes and fills hash, which is shorter than the rate.
func sum(hash, data []byte, rate int) {
	var a [25]uint64
	absorb := func(block []byte) {
		for i := range rate / 8 {
			a[i] ^= binary.LittleEndian.Uint64(block[8*i:])
		}
		Permute(&a)
	}
	for len(data) >= rate {
		absorb(data[:rate])
		data = data[rate:]
	}
	var last [200]byte
	copy(last[:], data)
	last[len(data)] ^= 0x01
	last[rate-1] ^= 0x80
	absorb(last[:rate])
	for i := range len(hash) / 8 {
		binary.LittleEndian.PutUint64(hash[8*i:], a[i])
	}
}

// Sum256 returns the hash of 256 bits of data.
func Sum256(data []byte) (hash [32]byte) {
	sum(hash[:], data, 200-64)
	return hash
}

// Sum512 returns the hash of 512 bits of data.
func Sum512(data []byte) (hash [64]byte) {
	sum(hash[:], data, 200-128)
	return hash
}
