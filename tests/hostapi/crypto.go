package main

import (
	"strconv"

	"polkago.dev/sdk/hostapi/crypto"
	"polkago.dev/sdk/hostapi/hashing"
)

// fill copies as many bytes of hexadecimal digits as fit.
func fill(to []byte, digits string) {
	for i := range to {
		n, _ := strconv.ParseUint(digits[2*i:2*i+2], 16, 8)
		to[i] = byte(n)
	}
}

func (r *report) signatures() {
	id := crypto.KeyType([]byte("test"))
	msg := []byte("a message")
	other := []byte("another message")

	ed := crypto.Ed25519Generate(id, "//Alice")
	sig, _ := crypto.Ed25519Sign(id, &ed, msg)
	r.bytes("ed25519 signature", sig[:])
	r.bool("ed25519", crypto.Ed25519Verify(&sig, msg, &ed))
	r.bool("ed25519 of another", crypto.Ed25519Verify(&sig, other, &ed))
	for i := range sig {
		wrong := sig
		wrong[i] ^= 0x80
		r.bool("ed25519 with a wrong byte", crypto.Ed25519Verify(&wrong, msg, &ed))
		key := ed
		key[i%32] ^= 1
		r.bool("ed25519 with a wrong key", crypto.Ed25519Verify(&sig, msg, &key))
	}
	// Points of small order and encodings that are not canonical, as public key and as R, with s = 0: ZIP 215 takes
	// them all.
	for _, a := range smallOrder {
		for _, b := range smallOrder {
			var key [32]byte
			var sig [64]byte
			fill(key[:], a)
			fill(sig[:32], b)
			r.bool("ed25519 of small order", crypto.Ed25519Verify(&sig, msg, &key))
		}
	}

	sr := crypto.Sr25519Generate(id, "//Alice")
	sig, _ = crypto.Sr25519Sign(id, &sr, msg)
	r.bool("sr25519", crypto.Sr25519Verify(&sig, msg, &sr))
	r.bool("sr25519 of another", crypto.Sr25519Verify(&sig, other, &sr))
	for i := range sig {
		wrong := sig
		wrong[i] ^= 0x80
		r.bool("sr25519 with a wrong byte", crypto.Sr25519Verify(&wrong, msg, &sr))
		key := sr
		key[i%32] ^= 1
		r.bool("sr25519 with a wrong key", crypto.Sr25519Verify(&sig, msg, &key))
	}
	// A signature of other software for the development account Alice, and one of schnorrkel 0.1.1.
	fill(sr[:], "b4bfa1f7a5166695eb75299fd1c4c03ea212871c342f2c5dfea0902b2c246918")
	fill(sig[:], "5a9755f069939f45d96aaf125cf5ce7ba1db998686f87f2fb3cbdea922078741"+
		"a73891ba265f70c31436e18a9acd14d189d73c12317ab6c313285cd938453202")
	old := []byte("Verifying that I am the owner of 5G9hQLdsKQswNPgB499DeA5PkFBbgkLPJWkkS6FAM6xGQ8xD. Hash: 221455a3\n")
	r.bool("sr25519 of an old library", crypto.Sr25519Verify(&sig, old, &sr))

	ec := crypto.EcdsaGenerate(id, "//Alice")
	esig, _ := crypto.EcdsaSign(id, &ec, msg)
	r.bytes("ecdsa signature", esig[:])
	hash := hashing.Blake2b256(msg)
	r.bool("ecdsa", crypto.EcdsaVerify(&esig, msg, &ec))
	r.bool("ecdsa of another", crypto.EcdsaVerify(&esig, other, &ec))
	r.bool("ecdsa of a hash", crypto.EcdsaVerifyPrehashed(&esig, &hash, &ec))
	for i := range esig {
		wrong := esig
		wrong[i] ^= 1
		r.bool("ecdsa with a wrong byte", crypto.EcdsaVerifyPrehashed(&wrong, &hash, &ec))
	}
}

// smallOrder is encodings of points whose order divides 8, with y below and above the modulus, and some of none.
var smallOrder = []string{
	"0100000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000080",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0000000000000000000000000000000000000000000000000000000000000080",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"0200000000000000000000000000000000000000000000000000000000000000",
	"efffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
}

func (r *report) recovery() {
	id := crypto.KeyType([]byte("test"))
	recover := func(name string, sig *[65]byte, hash *[32]byte) {
		pub, err := crypto.Secp256k1EcdsaRecover(sig, hash)
		short, _ := crypto.Secp256k1EcdsaRecoverCompressed(sig, hash)
		if err != nil {
			r.text(name, err.Error())
			return
		}
		r.bytes(name, pub[:])
		r.bytes(name, short[:])
	}
	for i := range 8 {
		key := crypto.EcdsaGenerate(id, "//"+strconv.Itoa(i))
		r.bytes("ecdsa key", key[:])
		hash := hashing.Keccak256(key[:])
		sig, _ := crypto.EcdsaSignPrehashed(id, &key, &hash)
		r.bytes("ecdsa signature of a hash", sig[:])
		for v := range 40 {
			sig[64] = byte(v)
			recover("recover with v "+strconv.Itoa(v), &sig, &hash)
		}
	}
	var hash [32]byte
	for _, s := range []string{
		"0000000000000000000000000000000000000000000000000000000000000000",
		"0000000000000000000000000000000000000000000000000000000000000001",
		"0000000000000000000000000000000000000000000000000000000000000005",
		"fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140",
		"fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"000000000000000000000000000000014551231950b75fc4402da1722fc9baed",
		"000000000000000000000000000000014551231950b75fc4402da1722fc9baee",
	} {
		for _, t := range []string{s, "00000000000000000000000000000000000000000000000000000000000000a1"} {
			for v := range 4 {
				var sig [65]byte
				fill(sig[:32], s)
				fill(sig[32:64], t)
				sig[64] = byte(v)
				recover("recover "+s, &sig, &hash)
				sig = [65]byte(append(append([]byte(nil), sig[32:64]...), append(sig[:32:32], byte(v))...))
				recover("recover "+s, &sig, &hash)
			}
		}
	}
}

func (r *report) keystore() {
	id := crypto.KeyType([]byte("keys"))
	seeds := []string{
		"//Alice", "//Bob//stash", "//1", "//18446744073709551616", "//a name of more than thirty-two bytes",
		"0xfac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e",
		"0xfac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e//x",
		"bottom drive obey lake curtain smoke basket hold race lonely fit walk",
	}
	r.num("no keys", uint64(len(crypto.Ed25519PublicKeys(id))+len(crypto.Sr25519PublicKeys(id))+
		len(crypto.EcdsaPublicKeys(id))))
	for i, seed := range seeds {
		ed, sr, ec := crypto.Ed25519Generate(id, seed), crypto.Sr25519Generate(id, seed), crypto.EcdsaGenerate(id, seed)
		r.bytes("ed25519 "+seed, ed[:])
		r.bytes("sr25519 "+seed, sr[:])
		r.bytes("ecdsa "+seed, ec[:])
		_, ok := crypto.Ed25519Sign(id, &ed, nil)
		r.bool("ed25519 has it", ok)
		if i == 0 {
			for _, key := range crypto.Ed25519PublicKeys(id) {
				r.bytes("ed25519 key", key[:])
			}
			for _, key := range crypto.Sr25519PublicKeys(id) {
				r.bytes("sr25519 key", key[:])
			}
			for _, key := range crypto.EcdsaPublicKeys(id) {
				r.bytes("ecdsa key", key[:])
			}
		}
	}
	// The host's keystore for tests looks at all keys of a type when it is asked for those of one scheme, and soft
	// derivation is sr25519's alone.
	soft := crypto.KeyType([]byte("soft"))
	for _, seed := range []string{"/soft", "//hard/soft//hard", "/1/2"} {
		// Soft derivation leaves the secret key's nonce to chance, but not its public key.
		sr := crypto.Sr25519Generate(soft, seed)
		if seed[1] != '/' {
			r.bytes("sr25519 "+seed, sr[:])
		}
	}
	r.num("keys", uint64(len(crypto.Ed25519PublicKeys(id))))
	var none [33]byte
	_, ok := crypto.Ed25519Sign(id, (*[32]byte)(none[1:]), []byte("m"))
	r.bool("ed25519 without key", ok)
	_, ok = crypto.Sr25519Sign(id, (*[32]byte)(none[1:]), []byte("m"))
	r.bool("sr25519 without key", ok)
	_, ok = crypto.EcdsaSign(id, &none, []byte("m"))
	r.bool("ecdsa without key", ok)
	_, ok = crypto.EcdsaSignPrehashed(id, &none, &[32]byte{})
	r.bool("ecdsa of a hash without key", ok)
	random := crypto.KeyType([]byte("rand"))
	for range 2 {
		ed, sr, ec := crypto.Ed25519Generate(random, ""), crypto.Sr25519Generate(random, ""), crypto.EcdsaGenerate(random, "")
		a, okA := crypto.Ed25519Sign(random, &ed, []byte("m"))
		b, okB := crypto.Sr25519Sign(random, &sr, []byte("m"))
		c, okC := crypto.EcdsaSign(random, &ec, []byte("m"))
		r.bool("random ed25519", okA && crypto.Ed25519Verify(&a, []byte("m"), &ed))
		r.bool("random sr25519", okB && crypto.Sr25519Verify(&b, []byte("m"), &sr))
		r.bool("random ecdsa", okC && crypto.EcdsaVerify(&c, []byte("m"), &ec))
	}
	r.num("random keys", uint64(len(crypto.Sr25519PublicKeys(random))))
}

// batches leaves out Ed25519BatchVerify, in which the host always traps.
func (r *report) batches() {
	id := crypto.KeyType([]byte("test"))
	msg := []byte("a message")
	sr, ec := crypto.Sr25519Generate(id, "//Alice"), crypto.EcdsaGenerate(id, "//Alice")
	a, _ := crypto.Sr25519Sign(id, &sr, msg)
	b, _ := crypto.EcdsaSign(id, &ec, msg)
	r.bool("sr25519 outside of a batch", crypto.Sr25519BatchVerify(&a, msg, &sr))
	for _, wrong := range []int{-1, 0, 1} {
		messages := [2][]byte{msg, msg}
		if wrong >= 0 {
			messages[wrong] = nil
		}
		crypto.StartBatchVerify()
		r.bool("sr25519 in a batch", crypto.Sr25519BatchVerify(&a, messages[0], &sr))
		r.bool("ecdsa in a batch", crypto.EcdsaBatchVerify(&b, messages[1], &ec))
		r.bool("batch", crypto.FinishBatchVerify())
	}
}
