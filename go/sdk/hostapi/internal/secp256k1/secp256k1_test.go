package secp256k1_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"polkago.dev/sdk/hostapi/internal/secp256k1"
)

// A known answer for RFC 6979 on this curve, of Bitcoin's libraries: the secret key 1 and a line of a poem.
func TestRFC6979(t *testing.T) {
	secret := [32]byte{31: 1}
	hash := sha256.Sum256([]byte("All those moments will be lost in time, like tears in rain. Time to die..."))
	const want = "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b" +
		"547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21"
	sig := secp256k1.Sign(&secret, &hash)
	if got := hex.EncodeToString(sig[:64]); got != want {
		t.Errorf("signature %s, want %s", got, want)
	}
}

func TestRecover(t *testing.T) {
	for i := range 20 {
		secret := sha256.Sum256([]byte{byte(i)})
		hash := sha256.Sum256(secret[:])
		pub, ok := secp256k1.Public(&secret)
		if !ok {
			t.Fatal("no secret key")
		}
		sig := secp256k1.Sign(&secret, &hash)
		got, fault := secp256k1.Recover((*[64]byte)(sig[:64]), sig[64], &hash)
		if fault != secp256k1.None || got != pub {
			t.Errorf("%d: recovered %x, want %x", i, got, pub)
		}
		got, _ = secp256k1.Recover((*[64]byte)(sig[:64]), sig[64]^1, &hash)
		if got == pub {
			t.Errorf("%d: the other point gives the same key", i)
		}
	}
}

func TestFaults(t *testing.T) {
	var hash [32]byte
	var rs [64]byte
	if _, fault := secp256k1.Recover(&rs, 4, &hash); fault != secp256k1.BadV {
		t.Errorf("id 4: %d", fault)
	}
	if _, fault := secp256k1.Recover(&rs, 0, &hash); fault != secp256k1.BadSignature {
		t.Errorf("zeros: %d", fault)
	}
	for i := range rs {
		rs[i] = 0xff
	}
	if _, fault := secp256k1.Recover(&rs, 0, &hash); fault != secp256k1.BadRS {
		t.Errorf("too large: %d", fault)
	}
}
