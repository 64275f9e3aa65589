//go:build !(wasm && polkadot)

package crypto

import "polkago.dev/sdk/hostapi/internal/memhost"

func hostEd25519PublicKeys(id KeyType) [][32]byte { return memhost.Current.Keystore.Ed25519.Keys(id) }

func hostEd25519Generate(id KeyType, seed string) [32]byte {
	return memhost.Current.Keystore.Ed25519.Add(id, memhost.NewEd25519(seed))
}

func hostEd25519Sign(id KeyType, pub *[32]byte, msg []byte) (sig [64]byte, ok bool) {
	if pair := memhost.Current.Keystore.Ed25519.Find(id, pub); pair != nil {
		return pair.Sign(msg), true
	}
	return sig, false
}

func hostSr25519PublicKeys(id KeyType) [][32]byte { return memhost.Current.Keystore.Sr25519.Keys(id) }

func hostSr25519Generate(id KeyType, seed string) [32]byte {
	return memhost.Current.Keystore.Sr25519.Add(id, memhost.NewSr25519(seed))
}

func hostSr25519Sign(id KeyType, pub *[32]byte, msg []byte) (sig [64]byte, ok bool) {
	if pair := memhost.Current.Keystore.Sr25519.Find(id, pub); pair != nil {
		return pair.Sign(msg), true
	}
	return sig, false
}

func hostEcdsaPublicKeys(id KeyType) [][33]byte { return memhost.Current.Keystore.Ecdsa.Keys(id) }

func hostEcdsaGenerate(id KeyType, seed string) [33]byte {
	return memhost.Current.Keystore.Ecdsa.Add(id, memhost.NewEcdsa(seed))
}

func hostEcdsaSign(id KeyType, pub *[33]byte, msg []byte) (sig [65]byte, ok bool) {
	if pair := memhost.Current.Keystore.Ecdsa.Find(id, pub); pair != nil {
		return pair.Sign(msg), true
	}
	return sig, false
}

func hostEcdsaSignPrehashed(id KeyType, pub *[33]byte, hash *[32]byte) (sig [65]byte, ok bool) {
	if pair := memhost.Current.Keystore.Ecdsa.Find(id, pub); pair != nil {
		return pair.SignPrehashed(hash), true
	}
	return sig, false
}
