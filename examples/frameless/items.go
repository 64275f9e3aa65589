package main

import (
	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/scale"
)

// Items of the state. Whoever writes an item writes all of it, so that one of another length has been written by
// somebody else: then the state is corrupt, and there is nothing to do but to stop.

// read fills buf with an item. It reports false where there is none.
func read(key, buf []byte) bool {
	n, ok := storage.Read(key, buf, 0)
	if !ok {
		return false
	}
	if int(n) != len(buf) {
		panic("state is corrupt: an item has another length than it was written with")
	}
	return true
}

// loadU32 returns an item of 4 bytes, 0 where there is none.
func loadU32(key []byte) uint32 {
	var b [4]byte
	if !read(key, b[:]) {
		return 0
	}
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func storeU32(key []byte, v uint32) {
	storage.Set(key, scale.AppendU32(make([]byte, 0, 4), v))
}

// loadU64 returns an item of 8 bytes, 0 where there is none.
func loadU64(key []byte) uint64 {
	var b [8]byte
	if !read(key, b[:]) {
		return 0
	}
	return scale.NewDecoder(b[:]).U64()
}

func storeU64(key []byte, v uint64) {
	storage.Set(key, scale.AppendU64(make([]byte, 0, 8), v))
}

// loadU128 returns an item of 16 bytes, 0 where there is none.
func loadU128(key []byte) num.U128 {
	var b [16]byte
	if !read(key, b[:]) {
		return num.U128{}
	}
	return num.U128FromBytes(b)
}

func storeU128(key []byte, v num.U128) {
	b := v.Bytes()
	storage.Set(key, b[:])
}
