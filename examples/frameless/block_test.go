package main

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

// threeBlocks builds three blocks and returns them.
func threeBlocks(t *testing.T) []primitives.Block {
	t.Helper()
	c := newChain(t)
	stranger := primitives.AccountID{1, 2, 3}
	return []primitives.Block{
		c.build(c.clock(6_000), c.sign(c.alice, 0, callTransfer(c.bob, 5_000_000)), c.sign(c.bob, 0, callSetValue("hello"))),
		c.build(c.clock(12_000), c.sign(c.alice, 1, callTransfer(stranger, 2_000_000)), c.sign(c.alice, 2, callSetValue("x"))),
		c.build(c.clock(18_000), c.sign(c.bob, 1, appendCall(nil, inStorage{clearValue{}})),
			c.sign(c.ferdie, 0, appendCall(nil, inSystem{&remark{[]byte(strings.Repeat("long ", 100))}}))),
	}
}

func TestBlocks(t *testing.T) {
	blocks := threeBlocks(t)
	built := storage.Root(stateVersion)
	c := newChain(t)
	for i := range blocks {
		if why := execute(&blocks[i]); why != "" {
			t.Fatal(why)
		}
		if got := primitives.Hash(storage.Root(stateVersion)); got != blocks[i].Header.StateRoot {
			t.Fatalf("block %d: state root %v, in its header %v", i+1, got, blocks[i].Header.StateRoot)
		}
	}
	if got := storage.Root(stateVersion); got != built {
		t.Errorf("state root after building %x, after executing %x", built, got)
	}
	key := valueKey(&c.alice)
	value, _ := storage.Get(key[:])
	if string(value) != "\x04x" {
		t.Errorf("value of Alice is %q", value)
	}
	key = valueKey(&c.bob)
	if _, ok := storage.Get(key[:]); ok {
		t.Error("Bob has a value")
	}
	if nonce := loadAccount(c.alice).Nonce; nonce != 3 {
		t.Errorf("nonce of Alice is %d", nonce)
	}
	if want := num.U128From(1_000_000_000_000_000_000 - 7_000_000); c.free(c.alice) != want {
		t.Errorf("balance of Alice is %v, want %v", c.free(c.alice), want)
	}
	if want := num.U128From(2_000_000); c.free(primitives.AccountID{1, 2, 3}) != want {
		t.Errorf("balance of the stranger is %v, want %v", c.free(primitives.AccountID{1, 2, 3}), want)
	}
}

func TestTampered(t *testing.T) {
	tests := []struct {
		what   string
		tamper func(b *primitives.Block)
		reason string
	}{
		{"state root", func(b *primitives.Block) { b.Header.StateRoot[0] ^= 1 }, "execution gives the state root 0x"},
		{"extrinsics root", func(b *primitives.Block) { b.Header.ExtrinsicsRoot[31] ^= 1 }, "its body has the root 0x"},
		{"body", func(b *primitives.Block) { b.Extrinsics = b.Extrinsics[:2] }, "its body has the root 0x"},
		{"order of the body", func(b *primitives.Block) {
			b.Extrinsics = [][]byte{b.Extrinsics[0], b.Extrinsics[2], b.Extrinsics[1]}
		}, "its body has the root 0x"},
		{"number", func(b *primitives.Block) { b.Header.Number++ }, "its parent has the number 0"},
		{"number 0", func(b *primitives.Block) { b.Header.Number = 0 }, "its parent has the number 0"},
		{"parent", func(b *primitives.Block) { b.Header.ParentHash[0] ^= 1 }, "extrinsic 1 is invalid: bad signature"},
		{"digest item", func(b *primitives.Block) {
			b.Header.Digest = append(b.Header.Digest, primitives.DigestItem{Kind: primitives.DigestRuntimeEnvironmentUpdated})
		}, "its digest has 2 items and not 1"},
		{"seal", func(b *primitives.Block) {
			b.Header.Digest = append(b.Header.Digest, primitives.DigestItem{Kind: primitives.DigestSeal})
		}, "its digest has 2 items and not 1"},
		{"digest", func(b *primitives.Block) { b.Header.Digest[0].Kind = primitives.DigestConsensus }, "its digest has 1 items and not 0"},
		{"pre-runtime digest", func(b *primitives.Block) { b.Header.Digest[0].Data = []byte{1} }, "execution gives the state root 0x"},
		{"signature", func(b *primitives.Block) {
			b.Extrinsics[1] = bytes.Clone(b.Extrinsics[1])
			b.Extrinsics[1][40] ^= 1
			b.Header.ExtrinsicsRoot = extrinsicsRoot(withLengths(b.Extrinsics))
		}, "extrinsic 1 is invalid: bad signature"},
		{"extrinsic twice", func(b *primitives.Block) {
			b.Extrinsics = append(b.Extrinsics[:2:2], b.Extrinsics[1])
			b.Header.ExtrinsicsRoot = extrinsicsRoot(withLengths(b.Extrinsics))
		}, "extrinsic 2 is invalid: nonce already used"},
		{"extrinsic left out", func(b *primitives.Block) {
			b.Extrinsics = b.Extrinsics[:2]
			b.Header.ExtrinsicsRoot = extrinsicsRoot(withLengths(b.Extrinsics))
		}, "execution gives the state root 0x"},
		{"nonsense in the body", func(b *primitives.Block) {
			b.Extrinsics = append(b.Extrinsics[:2:2], []byte("nonsense"))
			b.Header.ExtrinsicsRoot = extrinsicsRoot(withLengths(b.Extrinsics))
		}, "extrinsic 2 is invalid: no such call"},
		{"time twice", func(b *primitives.Block) {
			b.Extrinsics = append(b.Extrinsics[:2:2], b.Extrinsics[0])
			b.Header.ExtrinsicsRoot = extrinsicsRoot(withLengths(b.Extrinsics))
		}, "extrinsic 2 is invalid: inherent that must be in the block failed"},
	}
	for _, test := range tests {
		block := threeBlocks(t)[0]
		newChain(t)
		test.tamper(&block)
		want := "block 1 is invalid: " + test.reason
		if block.Header.Number != 1 {
			_, want, _ = strings.Cut(want, "invalid: ")
		}
		if got := execute(&block); !strings.Contains(got, want) {
			t.Errorf("%s: refused with %q, want %q", test.what, got, want)
		}
	}
}

// Of a block that cannot be decoded the panic says where.
func TestBlockCutShort(t *testing.T) {
	block := threeBlocks(t)[0]
	newChain(t)
	encoded := scale.Marshal(&block)
	for _, n := range []int{0, 10, 40, 110, len(encoded) - 1} {
		got := panics(func() { callRaw(exportCoreExecuteBlock, encoded[:n]) })
		if !strings.Contains(got, "Core_execute_block") || !strings.Contains(got, "offset") {
			t.Errorf("%d bytes of a block: %q", n, got)
		}
	}
}

// Hashes of blocks are kept for a time; that of the genesis block for ever.
func TestBlockHashes(t *testing.T) {
	c := newChain(t)
	var hashes []primitives.Hash
	for range blockHashCount + 5 {
		hashes = append(hashes, c.parent)
		c.build()
	}
	var h primitives.Hash
	for n, want := range hashes {
		key := blockHashKey(uint32(n))
		kept := read(key[:], h[:])
		if should := n == 0 || n >= len(hashes)-blockHashCount; kept != should {
			t.Errorf("hash of block %d is kept: %v", n, kept)
		}
		if kept && h != want {
			t.Errorf("hash of block %d is %v, want %v", n, h, want)
		}
	}
}

// Whatever accounts do, the balances add up to the total issuance, and the block executes to the same root.
func TestRandomBlocks(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	c := newChain(t)
	senders := []primitives.AccountID{c.alice, c.bob, c.ferdie}
	others := append(senders[:3:3], primitives.AccountID{7}, primitives.AccountID{8}, primitives.AccountID{9})
	nonces := make([]primitives.Nonce, len(senders))
	var blocks []primitives.Block
	for range 5 {
		var xs [][]byte
		c.begin()
		for range 8 {
			i := r.IntN(len(senders))
			amount := uint64(r.Int64N(1 << uint(1+r.IntN(62))))
			extra := primitives.Extra{Nonce: nonces[i], Tip: num.U128From(r.Uint64N(2) * r.Uint64N(1000))}
			x := c.signWith(senders[i], extra, c.additional(), callTransfer(others[r.IntN(len(others))], amount))
			if got := c.apply(x); !got.IsOk() {
				if why, _ := got.GetErr(); why != primitives.Invalid(primitives.InvalidPayment) {
					t.Fatal(why)
				}
				continue
			}
			nonces[i]++
			xs = append(xs, x)
		}
		blocks = append(blocks, primitives.Block{Header: c.finish(), Extrinsics: xs})
		sum := num.U128{}
		for _, who := range append(others, charlie, dave, eve) {
			free := c.free(who)
			if account := loadAccount(who); account.exists() && free.Less(existentialDeposit) {
				t.Errorf("account %v exists with %v", who, free)
			}
			sum, _ = sum.Add(free)
		}
		if issuance := loadU128(issuanceKey); sum != issuance {
			t.Fatalf("balances add up to %v, total issuance is %v", sum, issuance)
		}
	}
	newChain(t)
	for i := range blocks {
		if why := execute(&blocks[i]); why != "" {
			t.Fatal(why)
		}
	}
}

// The other accounts of the preset for developers.
var (
	charlie = accountOf("90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22")
	dave    = accountOf("306721211d5404bd9da88e0204360a1a9ab8b87c66c1bc2fcdd37f3c2222cc20")
	eve     = accountOf("e659a7a1628cdd93febc04a4e0646ea20e9f5f0ce097d9a05290d4a9e054df4e")
)

func accountOf(digits string) primitives.AccountID {
	p := parser{text: []byte(`"0x` + digits + `"`)}
	return p.account()
}
