package memhost

import (
	"encoding/hex"
	"strconv"
	"strings"

	"polkago.dev/sdk/hostapi/internal/blake2b"
	"polkago.dev/sdk/scale"
)

// A uri is a secret URI taken apart (polkadot-sdk's SecretUri): a seed and how keys are derived from it.
type uri struct {
	seed [32]byte
	path []junction
}

// A junction is a step of derivation.
type junction struct {
	hard bool
	code [32]byte
}

// The phrase that stands for a missing one, of the accounts of development chains, and its seed.
const (
	devPhrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk"
	devSeed   = "fac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e"
)

// parseURI takes a secret URI apart. It panics for what this host does not know: phrases other than that of
// development, since their words are a list of 2,048, and passwords.
func parseURI(text string) (u uri) {
	if strings.Contains(text, "///") {
		panic("native: secret URIs with a password are not known here: " + text)
	}
	secret, path := text, ""
	if i := strings.IndexByte(text, '/'); i >= 0 {
		secret, path = text[:i], text[i:]
	}
	if secret == "" || secret == devPhrase {
		secret = "0x" + devSeed
	}
	digits, ok := strings.CutPrefix(secret, "0x")
	seed, err := hex.DecodeString(digits)
	if !ok || err != nil || len(seed) != len(u.seed) {
		panic("native: the seed must be 0x and 64 hexadecimal digits, or the phrase of development chains: " + text)
	}
	u.seed = [32]byte(seed)
	for path != "" {
		name, hard := strings.CutPrefix(path[1:], "/")
		name, path = until(name)
		if name == "" {
			panic("native: a step of the derivation has no name: " + text)
		}
		u.path = append(u.path, junction{hard, code(name)})
	}
	return u
}

// until splits at the first slash, which stays.
func until(s string) (name, rest string) {
	if i := strings.IndexByte(s, '/'); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// code returns the chain code of a step: its number or name, encoded, and hashed where it is too long.
func code(name string) (c [32]byte) {
	var b []byte
	if n, err := strconv.ParseUint(name, 10, 64); err == nil {
		b = scale.AppendU64(nil, n)
	} else {
		b = scale.AppendString(nil, name)
	}
	if len(b) > len(c) {
		return blake2b.Sum256(b)
	}
	copy(c[:], b)
	return c
}
