package sr25519_test

import (
	"encoding/hex"
	"testing"

	"polkago.dev/sdk/hostapi/internal/sr25519"
)

func array[T [32]byte | [64]byte](t *testing.T, text string) (out T) {
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	switch p := any(&out).(type) {
	case *[32]byte:
		copy(p[:], b)
	case *[64]byte:
		copy(p[:], b)
	}
	return out
}

// Alice of development chains: her seed is that of "//Alice" below the development phrase.
func TestAlice(t *testing.T) {
	seed := array[[32]byte](t, "e5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a")
	const want = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"
	pair := sr25519.NewPair(&seed)
	if got := hex.EncodeToString(pair.Public[:]); got != want {
		t.Fatalf("public key %s, want %s", got, want)
	}
	msg := []byte("a message")
	sig := pair.Sign(msg)
	if !sr25519.Verify(&sig, msg, &pair.Public) {
		t.Error("the signature does not hold")
	}
	for i := range sig {
		wrong := sig
		wrong[i] ^= 1
		if sr25519.Verify(&wrong, msg, &pair.Public) {
			t.Errorf("the signature holds with byte %d changed", i)
		}
	}
	if sr25519.Verify(&sig, append(msg, 0), &pair.Public) {
		t.Error("the signature holds for another message")
	}
}

// A signature of schnorrkel 0.1.1, of the tests of polkadot-sdk, which the present rule does not take.
func TestOldSignature(t *testing.T) {
	pub := array[[32]byte](t, "b4bfa1f7a5166695eb75299fd1c4c03ea212871c342f2c5dfea0902b2c246918")
	sig := array[[64]byte](t, "5a9755f069939f45d96aaf125cf5ce7ba1db998686f87f2fb3cbdea922078741"+
		"a73891ba265f70c31436e18a9acd14d189d73c12317ab6c313285cd938453202")
	msg := []byte("Verifying that I am the owner of 5G9hQLdsKQswNPgB499DeA5PkFBbgkLPJWkkS6FAM6xGQ8xD. Hash: 221455a3\n")
	if sr25519.Verify(&sig, msg, &pub) {
		t.Error("it holds")
	}
}
