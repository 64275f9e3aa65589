package memhost_test

import (
	"encoding/hex"
	"testing"

	"polkago.dev/sdk/hostapi/internal/memhost"
)

// The well-known accounts of development chains, as subkey and polkadot-js show them.
func TestDevelopmentAccounts(t *testing.T) {
	check := func(name string, pub []byte, want string) {
		t.Helper()
		if got := hex.EncodeToString(pub); got != want {
			t.Errorf("%s has the public key %s, want %s", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"":               "46ebddef8cd9bb167dc30878d7113b7e168e6f0646beffd77d69d39bad76b47a",
		"//Alice":        "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
		"//Bob":          "8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48",
		"//Alice//stash": "be5ddb1579b72e84524fc29e78609e3caf42e85aa118ebfe0b0ad404b5bdd25f",
	} {
		uri := name
		if uri == "" {
			uri = "bottom drive obey lake curtain smoke basket hold race lonely fit walk"
		}
		pub := memhost.NewSr25519(uri).PublicKey()
		check(name, pub[:], want)
	}
	ed := memhost.NewEd25519("//Alice").PublicKey()
	check("ed25519 //Alice", ed[:], "88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee")
	ec := memhost.NewEcdsa("//Alice").PublicKey()
	check("ecdsa //Alice", ec[:], "020a1091341fe5664bfa1782d5e04779689068c916b04cb365ec3153755684d9a1")
}
