package main

import (
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"polkago.dev/sdk/num"
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

// Transactions that a client library by others has signed (tests/client) are taken as they are.
func TestClient(t *testing.T) {
	text, err := os.ReadFile("testdata/client.txt")
	if err != nil {
		t.Fatal(err)
	}
	c := newChain(t)
	c.begin()
	for line := range strings.Lines(string(text)) {
		name, digits, _ := strings.Cut(strings.TrimSpace(line), " ")
		encoded, err := hex.DecodeString(digits)
		if err != nil {
			t.Fatal(err)
		}
		if name == "genesis" {
			if c.genesis != primitives.Hash(encoded) {
				t.Fatalf("the transactions are for another genesis block; this one is %v", c.genesis)
			}
			continue
		}
		if got := decode[primitives.ApplyExtrinsicResult](t, callRaw(exportBlockBuilderApplyExtrinsic, encoded)); got !=
			primitives.Applied(primitives.Success()) {
			t.Errorf("%s: %+v", name, got)
		}
		// What the client has written is what this package would write.
		var x primitives.Extrinsic
		inner := scale.NewDecoder(encoded).Bytes()
		if err := scale.Unmarshal(inner, &x); err != nil || string(scale.Marshal(&x)) != string(inner) {
			t.Errorf("%s: %+v, %v", name, x, err)
		}
	}
	if want := num.U128From(1_000_000_000_000_000_000 - 12_345 - 1_000_000_000_000); c.free(c.alice) != want {
		t.Errorf("balance of Alice is %v, want %v", c.free(c.alice), want)
	}
	if nonce := loadAccount(c.alice).Nonce; nonce != 3 {
		t.Errorf("nonce of Alice is %d", nonce)
	}
}
