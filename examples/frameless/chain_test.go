package main

import (
	"bytes"
	"testing"

	"polkago.dev/sdk/abi"
	"polkago.dev/sdk/hostapi/crypto"
	"polkago.dev/sdk/hostapi/hashing"
	"polkago.dev/sdk/hostapi/native"
	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

// call passes encoded arguments to an entry point as the host does and returns its result.
func callEntry(entry func(ptr, n uint32) uint64, args ...scale.Encoder) []byte {
	var b []byte
	for _, arg := range args {
		b = arg.AppendSCALE(b)
	}
	return callRaw(entry, b)
}

func callRaw(entry func(ptr, n uint32) uint64, args []byte) []byte {
	return abi.Input(abi.Unpack(entry(abi.Unpack(abi.Output(args)))))
}

// raw is bytes that are encoded already.
type raw []byte

func (r raw) AppendSCALE(b []byte) []byte { return append(b, r...) }

// sized is a sequence of bytes, such as an extrinsic or a document.
type sized []byte

func (s sized) AppendSCALE(b []byte) []byte { return scale.AppendBytes(b, s) }

func decode[T any, P interface {
	*T
	scale.Decodable
}](t *testing.T, b []byte) (v T) {
	t.Helper()
	if err := scale.Unmarshal(b, P(&v)); err != nil {
		t.Fatal(err)
	}
	return v
}

// panics returns the text of the panic in f; "" if there was none.
func panics(f func()) (text string) {
	defer func() {
		if v := recover(); v != nil {
			text, _ = v.(string)
		}
	}()
	f()
	return ""
}

// A chain is what a node does around the runtime: it has a state in memory and builds block upon block.
type chain struct {
	t                  *testing.T
	genesis            primitives.Hash
	parent             primitives.Hash
	number             primitives.BlockNumber
	alice, bob, ferdie primitives.AccountID
}

// newChain resets the state to the preset for developers and makes their keys.
func newChain(t *testing.T) *chain {
	t.Helper()
	c := newState(t)
	c.alice = crypto.Sr25519Generate(testKeys, "//Alice")
	c.bob = crypto.Sr25519Generate(testKeys, "//Bob")
	c.ferdie = crypto.Sr25519Generate(testKeys, "//Ferdie")
	return c
}

// newState is newChain without keys, which take time to make.
func newState(t *testing.T) *chain {
	t.Helper()
	native.Reset()
	native.SetRuntimeVersion(versionOf)
	c := &chain{t: t}
	if got := callEntry(exportGenesisBuilderBuildState, sized(development)); len(got) != 1 || got[0] != 0 {
		t.Fatalf("development: %q", got)
	}
	header := primitives.Header{StateRoot: storage.Root(stateVersion), ExtrinsicsRoot: extrinsicsRoot(nil)}
	c.genesis = hashOf(&header)
	c.parent = c.genesis
	return c
}

// codeOf returns what stands for the code of a runtime in these tests: a word and its version.
func codeOf(v primitives.RuntimeVersion) []byte { return v.AppendSCALE([]byte("code")) }

func versionOf(code []byte) (version []byte, ok bool) { return bytes.CutPrefix(code, []byte("code")) }

var testKeys = crypto.KeyType{'t', 'e', 's', 't'}

func hashOf(h *primitives.Header) primitives.Hash { return hashing.Blake2b256(scale.Marshal(h)) }

// begin begins the next block.
func (c *chain) begin(digest ...primitives.DigestItem) {
	header := primitives.Header{ParentHash: c.parent, Number: c.number + 1, Digest: digest}
	if got := callEntry(exportCoreInitializeBlock, &header); len(got) != 1 || got[0] != 0 {
		c.t.Fatalf("Core_initialize_block = %x", got)
	}
	c.number++
}

// apply applies an extrinsic to the block that was begun.
func (c *chain) apply(x []byte) primitives.ApplyExtrinsicResult {
	c.t.Helper()
	return decode[primitives.ApplyExtrinsicResult](c.t, callEntry(exportBlockBuilderApplyExtrinsic, sized(x)))
}

// finish ends the block that was begun.
func (c *chain) finish() primitives.Header {
	c.t.Helper()
	header := decode[primitives.Header](c.t, callEntry(exportBlockBuilderFinalizeBlock))
	c.parent = hashOf(&header)
	return header
}

// build builds a block of extrinsics, all of which must succeed.
func (c *chain) build(extrinsics ...[]byte) primitives.Block {
	c.t.Helper()
	c.begin(primitives.DigestItem{Kind: primitives.DigestPreRuntime, Engine: [4]byte{'t', 'e', 's', 't'}})
	for i, x := range extrinsics {
		if got := c.apply(x); got != primitives.Applied(primitives.Success()) {
			c.t.Fatalf("extrinsic %d: %+v", i, got)
		}
	}
	return primitives.Block{Header: c.finish(), Extrinsics: extrinsics}
}

// execute executes a block as another node does and returns why it is refused; "" if it is not.
func execute(block *primitives.Block) string {
	return panics(func() { callEntry(exportCoreExecuteBlock, block) })
}

// clock is the inherent of the time.
func (c *chain) clock(now uint64) []byte {
	c.t.Helper()
	var data primitives.InherentData
	data.Put(primitives.TimestampInherent, scale.AppendU64(nil, now))
	d := scale.NewDecoder(callEntry(exportBlockBuilderInherentExtrinsics, &data))
	extrinsics := scale.DecodeSlice(d, 1, scale.GetBytes)
	if err := d.Finish(); err != nil || len(extrinsics) != 1 {
		c.t.Fatalf("inherents %x: %v", extrinsics, err)
	}
	return extrinsics[0]
}

// additional is what a transaction in the next block signs and does not send.
func (c *chain) additional() primitives.Additional {
	return primitives.Additional{
		SpecVersion:        version.SpecVersion,
		TransactionVersion: version.TransactionVersion,
		Genesis:            c.genesis,
		Birth:              c.genesis,
	}
}

// sign returns an immortal transaction without tip.
func (c *chain) sign(who primitives.AccountID, nonce primitives.Nonce, call []byte) []byte {
	return c.signWith(who, primitives.Extra{Nonce: nonce}, c.additional(), call)
}

func (c *chain) signWith(who primitives.AccountID, extra primitives.Extra, additional primitives.Additional,
	call []byte) []byte {
	c.t.Helper()
	payload := primitives.AppendPayload(nil, call, &extra, &additional)
	if len(payload) > primitives.MaxPayload {
		hash := hashing.Blake2b256(payload)
		payload = hash[:]
	}
	signature, ok := crypto.Sr25519Sign(testKeys, (*[32]byte)(&who), payload)
	if !ok {
		c.t.Fatalf("no key of %v", who)
	}
	return scale.Marshal(&primitives.Extrinsic{
		Signed:    true,
		Address:   primitives.AddressOf(who),
		Signature: primitives.Sr25519Signature(signature),
		Extra:     extra,
		Call:      call,
	})
}

func (c *chain) free(who primitives.AccountID) num.U128 { return loadAccount(who).Data.Free }

// The calls.

func callTransfer(to primitives.AccountID, value uint64) []byte {
	return appendCall(nil, inBalances{&transfer{primitives.AddressOf(to), num.U128From(value)}})
}

func callSetValue(value string) []byte { return appendCall(nil, inStorage{&setValue{[]byte(value)}}) }

func callSetCode(code []byte) []byte { return appendCall(nil, inSystem{&setCode{code}}) }
