package main

import (
	"bytes"
	"strings"
	"testing"

	"polkago.dev/sdk/hostapi/native"
	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

// Whatever bytes come as an extrinsic, the answer is one of the protocol's, and without a key nobody changes the state.
func FuzzExtrinsic(f *testing.F) {
	t := new(testing.T)
	c := newChain(t)
	good := c.sign(c.alice, 0, callTransfer(c.bob, 1))
	for _, x := range [][]byte{nil, good, good[:50], {4, 1, 0, 4}, appendCall([]byte{4}, inStorage{&setValue{[]byte("x")}})} {
		f.Add(scale.AppendBytes(nil, x))
		f.Add(x)
	}
	f.Fuzz(func(t *testing.T, args []byte) {
		if bytes.Contains(args, good) {
			return
		}
		c := newState(t)
		c.begin()
		before := storage.Root(stateVersion)
		got := decode[primitives.ApplyExtrinsicResult](t, callRaw(exportBlockBuilderApplyExtrinsic, args))
		var x primitives.Extrinsic
		call, _ := decodeExtrinsic(scale.NewDecoder(args).BytesView(), &x)
		if asInherent(call) == nil && (got.IsOk() || storage.Root(stateVersion) != before) {
			t.Errorf("%x is taken: %+v", args, got)
		}
		validity := append([]byte{byte(primitives.External)}, args...)
		decode[primitives.TransactionValidity](t, callRaw(exportTaggedTransactionQueueValidateTransaction, validity))
	})
}

// Whatever bytes come as a block, it is refused with a reason.
func FuzzBlock(f *testing.F) {
	t := new(testing.T)
	c := newChain(t)
	block := c.build(c.clock(6_000), c.sign(c.alice, 0, callTransfer(c.bob, 1)))
	good := scale.Marshal(&block)
	f.Add([]byte(nil))
	f.Add(good)
	f.Add(good[:len(good)-1])
	f.Fuzz(func(t *testing.T, args []byte) {
		newState(t)
		why := panics(func() { callRaw(exportCoreExecuteBlock, args) })
		if why == "" && !bytes.Equal(args, good) {
			t.Errorf("%x is taken", args)
		}
		if why != "" && !strings.HasPrefix(why, "block ") && !strings.HasPrefix(why, "arguments of Core_execute_block: ") {
			t.Errorf("%x is refused with %q", args, why)
		}
	})
}

// Whatever document comes, it is taken or refused with a text, and if it is refused the state is empty.
func FuzzGenesis(f *testing.F) {
	f.Add([]byte(development))
	f.Add([]byte(`{"balances":{"balances":[]},"system":{}}`))
	f.Add([]byte(`{"b\u0061lances":{"balances":[["0x00","1"]]}}`))
	f.Fuzz(func(t *testing.T, json []byte) {
		native.Reset()
		d := scale.NewDecoder(callEntry(exportGenesisBuilderBuildState, sized(json)))
		if d.Tag(2) == 1 && (d.String() == "" || len(native.Keys()) > 0) {
			t.Errorf("%q is refused without a text, or has left something in the state", json)
		}
		if err := d.Finish(); err != nil {
			t.Error(err)
		}
	})
}
