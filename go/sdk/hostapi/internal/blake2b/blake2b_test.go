package blake2b_test

import (
	"encoding/hex"
	"testing"

	"polkago.dev/sdk/hostapi/internal/blake2b"
)

// The example of RFC 7693, appendix A.
func TestRFC7693(t *testing.T) {
	const want = "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1" +
		"7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"
	sum := blake2b.Sum512([]byte("abc"))
	if got := hex.EncodeToString(sum[:]); got != want {
		t.Errorf("Sum512(abc) = %s, want %s", got, want)
	}
}

// The self-test of RFC 7693, appendix E, without its keyed half: hashes of many lengths, hashed.
func TestLengths(t *testing.T) {
	sequence := func(n int, seed uint32) []byte {
		a, b := 0xdead4bad*seed, uint32(1)
		out := make([]byte, n)
		for i := range out {
			a, b = b, a+b
			out[i] = byte(b >> 24)
		}
		return out
	}
	var all []byte
	for _, size := range []int{20, 32, 48, 64} {
		for _, n := range []int{0, 3, 128, 129, 255, 1024} {
			sum := make([]byte, size)
			blake2b.Sum(sum, sequence(n, uint32(n)))
			all = append(all, sum...)
		}
	}
	if len(all) != 6*(20+32+48+64) {
		t.Fatal("the test itself is wrong")
	}
	// Computed with Python's hashlib.
	const want = "681f345ad53c6360214ea500fd259edddbca775f605fad81b9b189d6d88e15c6"
	sum := blake2b.Sum256(all)
	if got := hex.EncodeToString(sum[:]); got != want {
		t.Errorf("of all = %s, want %s", got, want)
	}
}
