package main

import (
	"bytes"
	"strings"
	"testing"

	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

func invalidResult(r primitives.InvalidTransaction) primitives.ApplyExtrinsicResult {
	return primitives.Rejected(primitives.Invalid(r))
}

// What the protocol calls invalid is an answer and never a trap.
func TestInvalidExtrinsics(t *testing.T) {
	c := newChain(t)
	c.build(c.clock(6_000), c.sign(c.alice, 0, callTransfer(c.bob, 5_000_000)))
	good := c.sign(c.alice, 1, callTransfer(c.bob, 1))
	poor := primitives.AccountID(newKey("//Poor"))
	change := func(at int, to byte) []byte {
		x := bytes.Clone(good)
		x[at] = to
		return x
	}
	otherChain, otherVersion, otherFormat := c.additional(), c.additional(), c.additional()
	otherChain.Genesis[0] ^= 1
	otherVersion.SpecVersion++
	otherFormat.TransactionVersion++
	extra := primitives.Extra{Nonce: 1}
	call := callTransfer(c.bob, 1)
	tests := []struct {
		what string
		x    []byte
		want primitives.ApplyExtrinsicResult
	}{
		{"empty", nil, invalidResult(primitives.InvalidCall)},
		{"cut short", good[:len(good)-1], invalidResult(primitives.InvalidCall)},
		{"cut in the signature", good[:60], invalidResult(primitives.InvalidCall)},
		{"too long by a byte", append(bytes.Clone(good), 0), invalidResult(primitives.InvalidCall)},
		{"oversized", append(bytes.Clone(good), make([]byte, maxExtrinsic)...), invalidResult(primitives.InvalidExhaustsResources)},
		{"of another format", change(0, 0x85), invalidResult(primitives.InvalidCall)},
		{"call of no pallet", c.sign(c.alice, 1, []byte{9, 0}), invalidResult(primitives.InvalidCall)},
		{"call that the pallet has not", c.sign(c.alice, 1, []byte{2, 9}), invalidResult(primitives.InvalidCall)},
		{"other signature", change(40, good[40]^1), invalidResult(primitives.InvalidBadProof)},
		{"other sender", change(3, good[3]^1), invalidResult(primitives.InvalidBadProof)},
		{"other value", change(len(good)-1, 8), invalidResult(primitives.InvalidBadProof)},
		{"Ed25519", change(34, 0), invalidResult(primitives.InvalidBadProof)},
		{"of another chain", c.signWith(c.alice, extra, otherChain, call), invalidResult(primitives.InvalidBadProof)},
		{"for another version", c.signWith(c.alice, extra, otherVersion, call), invalidResult(primitives.InvalidBadProof)},
		{"for another format", c.signWith(c.alice, extra, otherFormat, call), invalidResult(primitives.InvalidBadProof)},
		{"replayed", c.sign(c.alice, 0, call), invalidResult(primitives.InvalidStale)},
		{"from the future", c.sign(c.alice, 2, call), invalidResult(primitives.InvalidFuture)},
		{"of nobody", c.sign(poor, 0, call), invalidResult(primitives.InvalidPayment)},
		{"tip beyond the balance", c.signWith(c.alice, primitives.Extra{Nonce: 1, Tip: num.U128From(1 << 60)}, c.additional(), call),
			invalidResult(primitives.InvalidPayment)},
		{"bare transfer", append([]byte{4}, call...), primitives.Rejected(primitives.Unknown(primitives.UnknownNoUnsignedValidator))},
		{"of an index", scale.Marshal(&primitives.Extrinsic{
			Signed: true, Address: primitives.MultiAddress{Kind: primitives.AddressIndex}, Call: call,
		}), primitives.Rejected(primitives.Unknown(primitives.UnknownCannotLookup))},
		{"time not in front", c.clock(12_000), invalidResult(primitives.InvalidBadMandatory)},
	}
	c.begin()
	if got := c.apply(c.sign(c.bob, 0, callSetValue("first"))); !got.IsOk() {
		t.Fatal(got)
	}
	for _, test := range tests {
		if got := c.apply(test.x); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.what, got, test.want)
		}
	}
	if got := c.apply(good); got != primitives.Applied(primitives.Success()) {
		t.Errorf("none of these has changed anything, but then: %+v", got)
	}
	// Arguments that are no extrinsic at all.
	for _, args := range [][]byte{nil, {0}, {1}, {3}, {0xfe, 0xff, 0xff, 0xff}, {8, 4}, append(scale.AppendBytes(nil, good), 7)} {
		got := decode[primitives.ApplyExtrinsicResult](t, callRaw(exportBlockBuilderApplyExtrinsic, args))
		if got != invalidResult(primitives.InvalidCall) {
			t.Errorf("arguments %x: %+v", args, got)
		}
	}
}

func TestMortality(t *testing.T) {
	c := newChain(t)
	hashes := []primitives.Hash{c.genesis}
	for range 5 {
		c.build()
		hashes = append(hashes, c.parent)
	}
	// Signed when block 5 was the last one, for 8 blocks from there.
	era := primitives.MortalEra(8, 5)
	additional := c.additional()
	additional.Birth = hashes[5]
	mortal := func(nonce primitives.Nonce) []byte {
		return c.signWith(c.alice, primitives.Extra{Era: era, Nonce: nonce}, additional, callSetValue("mortal"))
	}
	valid := c.validate(mortal(0))
	if v, ok := valid.Get(); !ok || v.Longevity != 7 {
		t.Errorf("validity before block 6: %+v", valid)
	}
	for n := primitives.BlockNumber(6); n < 13; n++ {
		c.build(mortal(n - 6))
	}
	c.begin() // block 13, where the next span begins, whose first block is this one
	if got := c.apply(mortal(7)); got != invalidResult(primitives.InvalidAncientBirthBlock) {
		t.Errorf("in block 13: %+v", got)
	}
	c.finish()
	c.begin() // block 14, where the span is another one
	if got := c.apply(mortal(7)); got != invalidResult(primitives.InvalidBadProof) {
		t.Errorf("in block 14: %+v", got)
	}
	c.finish()
	// An era longer than hashes are kept.
	long := primitives.Era{Period: 65_536}
	x := c.signWith(c.bob, primitives.Extra{Era: long}, c.additional(), callSetValue("long"))
	if got := c.validate(x); !got.IsOk() {
		t.Errorf("era from the genesis block: %+v", got)
	}
}

// validate asks whether a transaction may be in the next block.
func (c *chain) validate(x []byte) primitives.TransactionValidity {
	c.t.Helper()
	args := append([]byte{byte(primitives.External)}, scale.AppendBytes(nil, x)...)
	return decode[primitives.TransactionValidity](c.t,
		callRaw(exportTaggedTransactionQueueValidateTransaction, append(args, c.parent[:]...)))
}

func TestValidate(t *testing.T) {
	c := newChain(t)
	for range 2 { // on the state of the genesis block, then of block 1
		call := callTransfer(c.bob, 1)
		v, ok := c.validate(c.signWith(c.alice, primitives.Extra{Nonce: 1, Tip: num.U128From(9)}, c.additional(), call)).Get()
		if !ok {
			t.Fatal("not valid")
		}
		provided := append(c.alice[:len(c.alice):len(c.alice)], 1, 0, 0, 0)
		if v.Priority != 9 || v.Longevity != primitives.Forever || !v.Propagate ||
			len(v.Provides) != 1 || !bytes.Equal(v.Provides[0], provided) {
			t.Errorf("validity %+v", v)
		}
		if c.number == 0 {
			if required := append(c.alice[:len(c.alice):len(c.alice)], 0, 0, 0, 0); len(v.Requires) != 1 ||
				!bytes.Equal(v.Requires[0], required) {
				t.Errorf("requires %x, want %x", v.Requires, required)
			}
		} else if len(v.Requires) != 0 {
			t.Errorf("requires %x", v.Requires)
		}
		notValid := func(what string, x []byte, want primitives.TransactionValidityError) {
			if got, _ := c.validate(x).GetErr(); got != want {
				t.Errorf("%s: %+v, want %+v", what, got, want)
			}
		}
		notValid("empty", nil, primitives.Invalid(primitives.InvalidCall))
		notValid("the time", c.clock(6_000), primitives.Invalid(primitives.InvalidMandatoryValidation))
		notValid("bare transfer", append([]byte{4}, call...), primitives.Unknown(primitives.UnknownNoUnsignedValidator))
		notValid("wrongly signed", c.signWith(c.alice, primitives.Extra{}, primitives.Additional{}, call),
			primitives.Invalid(primitives.InvalidBadProof))
		if c.number == 1 {
			notValid("replayed", c.sign(c.alice, 0, call), primitives.Invalid(primitives.InvalidStale))
		}
		if c.number == 0 {
			c.build(c.clock(6_000), c.sign(c.alice, 0, call))
		}
	}
	for _, args := range [][]byte{nil, {0}, {0, 8, 4}, {9, 0}, bytes.Repeat([]byte{1}, 50)} {
		got := decode[primitives.TransactionValidity](t, callRaw(exportTaggedTransactionQueueValidateTransaction, args))
		if why, _ := got.GetErr(); why != primitives.Invalid(primitives.InvalidCall) {
			t.Errorf("arguments %x: %+v", args, got)
		}
	}
}

// Of a call that fails the transaction stays in the block, and nothing else has changed.
func TestFailingCalls(t *testing.T) {
	c := newChain(t)
	c.build(c.clock(6_000))
	stranger := primitives.AccountID{5}
	token := func(e primitives.TokenError) primitives.DispatchError { return primitives.TokenFailure(e) }
	kind := func(k primitives.DispatchErrorKind) primitives.DispatchError {
		return primitives.DispatchError{Kind: k}
	}
	index := primitives.MultiAddress{Kind: primitives.AddressIndex}
	other := primitives.RuntimeVersion{SpecName: "other", SpecVersion: 99}
	tests := []struct {
		what string
		who  primitives.AccountID
		call []byte
		want primitives.DispatchError
	}{
		{"more than there is", c.alice, callTransfer(c.bob, 1<<60), token(primitives.TokenFundsUnavailable)},
		{"all there is", c.alice, callTransfer(c.bob, 1_000_000_000_000_000_000), token(primitives.TokenNotExpendable)},
		{"too little to exist", c.alice, callTransfer(stranger, 999_999), token(primitives.TokenBelowMinimum)},
		{"to an index", c.alice, appendCall(nil, inBalances{&transfer{to: index}}), kind(primitives.DispatchCannotLookup)},
		{"time by an account", c.alice, appendCall(nil, inTimestamp{&setTimestamp{1}}), kind(primitives.DispatchBadOrigin)},
		{"value too long", c.alice, callSetValue(strings.Repeat("x", maxValue+1)), primitives.ModuleError(storagePallet, errValueTooLong)},
		{"no value to clear", c.alice, appendCall(nil, inStorage{clearValue{}}), primitives.ModuleError(storagePallet, errNoValue)},
		{"upgrade by Bob", c.bob, callSetCode([]byte("code")), kind(primitives.DispatchBadOrigin)},
		{"upgrade to nonsense", c.alice, callSetCode([]byte("text")), primitives.ModuleError(systemPallet, errNoVersion)},
		{"upgrade to half a version", c.alice, callSetCode([]byte("code\x04")), primitives.ModuleError(systemPallet, errNoVersion)},
		{"upgrade to the same", c.alice, callSetCode(codeOf(version)), primitives.ModuleError(systemPallet, errSpecVersion)},
		{"upgrade to another chain", c.alice, callSetCode(codeOf(other)), primitives.ModuleError(systemPallet, errSpecName)},
	}
	c.begin()
	balance := c.free(c.alice)
	for _, test := range tests {
		before := loadAccount(test.who)
		got := c.apply(c.sign(test.who, before.Nonce, test.call))
		if want := primitives.Applied(primitives.Failure(test.want)); got != want {
			t.Errorf("%s: %+v, want %+v", test.what, got, want)
		}
		before.Nonce++
		if after := loadAccount(test.who); after != before {
			t.Errorf("%s: account is %+v, want %+v", test.what, after, before)
		}
	}
	key := accountKey(&stranger)
	if c.free(c.alice) != balance || storage.Exists(key[:]) {
		t.Error("a failing call has changed balances")
	}
	if got := c.apply(c.sign(c.bob, 1, callTransfer(c.bob, 5))); got != primitives.Applied(primitives.Success()) {
		t.Errorf("transfer to oneself: %+v", got)
	}
}

func TestTip(t *testing.T) {
	c := newChain(t)
	issuance := loadU128(issuanceKey)
	tip := num.U128From(12_345)
	c.build(c.signWith(c.alice, primitives.Extra{Tip: tip}, c.additional(), callSetValue("tip")))
	if got, _ := issuance.Sub(loadU128(issuanceKey)); got != tip {
		t.Errorf("total issuance is less by %v, want %v", got, tip)
	}
	if got, _ := num.U128From(1_000_000_000_000_000_000).Sub(c.free(c.alice)); got != tip {
		t.Errorf("balance is less by %v, want %v", got, tip)
	}
}

func TestUpgrade(t *testing.T) {
	c := newChain(t)
	next := version
	next.SpecVersion++
	block := c.build(c.clock(6_000), c.sign(c.alice, 0, callSetCode(codeOf(next))))
	if code, _ := storage.Get(codeKey); !bytes.Equal(code, codeOf(next)) {
		t.Errorf("code is %q", code)
	}
	updated := primitives.DigestItem{Kind: primitives.DigestRuntimeEnvironmentUpdated}
	if d := block.Header.Digest; len(d) != 2 || !d[1].Equal(&updated) {
		t.Errorf("digest %+v", d)
	}
	newChain(t)
	if why := execute(&block); why != "" {
		t.Error(why)
	}
	newChain(t)
	block.Header.Digest = block.Header.Digest[:1]
	if why := execute(&block); !strings.Contains(why, "its digest has 1 items and not 2") {
		t.Errorf("without the item in the digest: %q", why)
	}
}
