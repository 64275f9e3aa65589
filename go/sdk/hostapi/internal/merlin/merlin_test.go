package merlin_test

import (
	"encoding/hex"
	"testing"

	"polkago.dev/sdk/hostapi/internal/merlin"
)

// The test vector that Merlin's own tests have for a short transcript.
func TestKnownAnswer(t *testing.T) {
	tr := merlin.New("test protocol")
	tr.Append("some label", []byte("some data"))
	var out [32]byte
	tr.Challenge("challenge", out[:])
	const want = "d5a21972d0d5fe320c0d263fac7fffb8145aa640af6e9bca177c03c7efcf0615"
	if got := hex.EncodeToString(out[:]); got != want {
		t.Errorf("challenge = %s, want %s", got, want)
	}
}
