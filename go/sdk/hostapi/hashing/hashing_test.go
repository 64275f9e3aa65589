package hashing_test

import (
	"encoding/hex"
	"testing"

	"polkago.dev/sdk/hostapi/hashing"
)

// Known answers: RFC 7693 (of 512 bits, in the package's own test), the Keccak reference, FIPS 180-4, and storage
// prefixes that every chain built with FRAME has.
func TestKnownAnswers(t *testing.T) {
	slice := func(name string, sum []byte, want string) {
		if got := hex.EncodeToString(sum); got != want {
			t.Errorf("%s = %s, want %s", name, got, want)
		}
	}
	h1 := hashing.Twox128([]byte("System"))
	slice("Twox128(System)", h1[:], "26aa394eea5630e07c48ae0c9558cef7")
	h1 = hashing.Twox128([]byte("Account"))
	slice("Twox128(Account)", h1[:], "b99d880ec681799c0cf30e8886371da9")
	h2 := hashing.Twox64(nil)
	slice("Twox64()", h2[:], "99e9d85137db46ef")
	h3 := hashing.Blake2b256(nil)
	slice("Blake2b256()", h3[:], "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8")
	h3 = hashing.Keccak256(nil)
	slice("Keccak256()", h3[:], "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")
	h4 := hashing.Keccak512(nil)
	slice("Keccak512()", h4[:], "0eab42de4c3ceb9235fc91acffe746b29c29a8c366b7c60e4e67c466f36a4304"+
		"c00fa9caf9d87976ba469bcbe06713b435f091ef2769fb160cdab33d3670680e")
	h3 = hashing.Sha256([]byte("abc"))
	slice("Sha256(abc)", h3[:], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
	// Of the account of Alice on development chains, from the key of its System.Account.
	alice, _ := hex.DecodeString("d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d")
	h1 = hashing.Blake2b128(alice)
	slice("Blake2b128(Alice)", h1[:], "de1e86a9a8c739864cf3cc5ec2bea59f")
}
