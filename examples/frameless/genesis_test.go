package main

import (
	"strings"
	"testing"

	"polkago.dev/sdk/hostapi/crypto"
	"polkago.dev/sdk/hostapi/hashing"
	"polkago.dev/sdk/hostapi/native"
	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

func newKey(seed string) [32]byte { return crypto.Sr25519Generate(testKeys, seed) }

func TestKeys(t *testing.T) {
	tests := []struct{ got, pallet, item string }{
		{accountPrefix, "System", "Account"},
		{hashPrefix, "System", "BlockHash"},
		{dataPrefix, "System", "ExtrinsicData"},
		{string(numberKey), "System", "Number"},
		{string(parentKey), "System", "ParentHash"},
		{string(digestKey), "System", "Digest"},
		{string(countKey), "System", "ExtrinsicCount"},
		{string(sudoKey), "System", "SudoKey"},
		{string(nowKey), "Timestamp", "Now"},
		{string(issuanceKey), "Balances", "TotalIssuance"},
		{valuesPrefix, "Storage", "Values"},
	}
	for _, test := range tests {
		pallet, item := hashing.Twox128([]byte(test.pallet)), hashing.Twox128([]byte(test.item))
		if want := string(pallet[:]) + string(item[:]); test.got != want {
			t.Errorf("%s.%s has the key %x, want %x", test.pallet, test.item, test.got, want)
		}
	}
}

func TestAPIs(t *testing.T) {
	if len(runtimeAPIs) != 6 {
		t.Errorf("%d APIs", len(runtimeAPIs))
	}
	v := decode[primitives.RuntimeVersion](t, callEntry(exportCoreVersion))
	if v.SpecName != "frameless" || len(v.APIs) != len(runtimeAPIs) {
		t.Errorf("version %+v", v)
	}
	if v.StateVersion() != stateVersion || v.ExtrinsicsRootVersion() != extrinsicVersion {
		t.Error("versions of tries are not those of the system version")
	}
}

func TestPresets(t *testing.T) {
	d := scale.NewDecoder(callEntry(exportGenesisBuilderPresetNames))
	names := scale.DecodeSlice(d, 1, scale.GetString)
	for _, name := range append(names, "") {
		var arg scale.Option[string]
		if name != "" {
			arg = scale.Some(name)
		}
		answer := scale.NewDecoder(callRaw(exportGenesisBuilderGetPreset, scale.AppendOption(nil, arg, scale.PutString)))
		json, ok := scale.DecodeOption(answer, scale.GetBytes).Get()
		if err := answer.Finish(); err != nil || !ok {
			t.Fatalf("preset %q: %v, %v", name, ok, err)
		}
		native.Reset()
		if got := callEntry(exportGenesisBuilderBuildState, sized(json)); string(got) != "\x00" {
			t.Errorf("preset %q: %q", name, got)
		}
	}
	if got := callRaw(exportGenesisBuilderGetPreset, []byte{1, 4, 'x'}); string(got) != "\x00" {
		t.Errorf("preset x: %q", got)
	}
}

func TestGenesis(t *testing.T) {
	const a, b = "0x0101010101010101010101010101010101010101010101010101010101010101", "0x02020202020202020202020202020202020202020202020202020202020202ff"
	native.Reset()
	json := `{ "system" : {"sudoKey":"` + a + `"},
		"b\u0061lances": {"balances": [["` + a + `", 1000000], ["` + b + `", "340282366920938463463374607430000000000"]]}}`
	if got := callEntry(exportGenesisBuilderBuildState, sized(json)); string(got) != "\x00" {
		t.Fatalf("%q", got)
	}
	if got := loadAccount(accountOf(a[2:])); got.Data.Free != num.U128From(1_000_000) || !got.exists() {
		t.Errorf("account %+v", got)
	}
	if got := loadU128(issuanceKey).String(); got != "340282366920938463463374607430001000000" {
		t.Errorf("total issuance %s", got)
	}
	pair := func(amount string) string { return `{"balances":{"balances":[["` + a + `",` + amount + `]]}}` }
	tests := []struct{ json, want string }{
		{``, "expected '{' (offset 0)"},
		{`[]`, "expected '{'"},
		{`{}x`, "text behind the end"},
		{`{} 0`, "text behind the end"},
		{`{"balance":{}}`, "unknown field 'balance'"},
		{`{"balances":{"b":[]}}`, "unknown field 'b'"},
		{`{"system":{"code":"0x"}}`, "unknown field 'code'"},
		{`{"system":{},"system":{}}`, "field 'system' is there twice"},
		{`{"system":{"sudoKey":"0x12"}}`, "an account is 0x and 64 hexadecimal digits"},
		{`{"system":{"sudoKey":"` + strings.Replace(a, "0x01", "0xzz", 1) + `"}}`, "64 hexadecimal digits"},
		{`{"system":{"sudoKey":12}}`, `expected '"'`},
		{`{"system":{"sudoKey":"` + a, "string without an end"},
		{"{\"sys\ntem\":{}}", "control character in a string"},
		{"{\"\xff\":{}}", "not valid UTF-8"},
		{`{"\q":{}}`, "unknown escape"},
		{`{"\u12g4":{}}`, "expected a hexadecimal digit"},
		{`{"\u12`, "string without an end"},
		{`{"balances":{"balances":[["` + a + `"]]}}`, "two parts"},
		{pair(`1000000,3`), "two parts"},
		{pair(`-1`), "expected a whole number"},
		{pair(`01`), "expected a whole number"},
		{pair(`1.5`), "expected ','"},
		{pair(`1e9`), "expected ','"},
		{pair(`"x"`), "a whole number of at most 128 bits"},
		{pair(`340282366920938463463374607431768211456`), "a whole number of at most 128 bits"},
		{pair(`999999`), "is less than 1000000"},
		{`{"balances":{"balances":[["` + a + `",1000000],["` + a + `",1000000]]}}`, "has two balances"},
		{`{"balances":{"balances":[["` + a + `",340282366920938463463374607431768211455],["` + b + `",1000000]]}}`, "too large"},
		{`{"system":` + strings.Repeat("[", 100), "expected '{'"},
	}
	for _, test := range tests {
		native.Reset()
		empty := storage.Root(stateVersion)
		got := callEntry(exportGenesisBuilderBuildState, sized(test.json))
		d := scale.NewDecoder(got)
		if d.U8() != 1 {
			t.Errorf("%s: no error", test.json)
			continue
		}
		if text := d.String(); d.Finish() != nil || !strings.Contains(text, test.want) {
			t.Errorf("%s: %q, want %q", test.json, text, test.want)
		}
		if storage.Root(stateVersion) != empty {
			t.Errorf("%s: an error, and the state has changed", test.json)
		}
	}
}

func TestInherents(t *testing.T) {
	c := newChain(t)
	c.build(c.clock(6_000))
	if now := loadU64(nowKey); now != 6_000 {
		t.Errorf("time is %d", now)
	}
	// A clock that goes backwards.
	var x primitives.Extrinsic
	if call, _ := decodeExtrinsic(c.clock(5_000), &x); asInherent(call).now != 6_001 {
		t.Errorf("inherent %+v", call)
	}
	inherent := func(now uint64) []byte { return (&setTimestamp{now}).encode() }
	data := func(now uint64) *primitives.InherentData {
		var d primitives.InherentData
		d.Put(primitives.TimestampInherent, scale.AppendU64(nil, now))
		return &d
	}
	tests := []struct {
		what  string
		block [][]byte
		clock uint64
		code  string // encoded error; empty if there is none
	}{
		{"in time", [][]byte{inherent(12_000)}, 12_000, ""},
		{"a little early", [][]byte{inherent(42_000)}, 12_000, ""},
		{"too far in the future", [][]byte{inherent(42_001)}, 12_000, "\x01"},
		{"too early", [][]byte{inherent(6_000)}, 12_000, "\x00"},
		{"without time", nil, 12_000, ""},
		{"nonsense", [][]byte{{1}}, 12_000, ""},
	}
	for _, test := range tests {
		block := primitives.Block{Header: primitives.Header{Number: 2}, Extrinsics: test.block}
		r := decode[primitives.CheckInherentsResult](t, callEntry(exportBlockBuilderCheckInherents, &block, data(test.clock)))
		code, _ := r.Errors.Get(primitives.TimestampInherent)
		if string(code) != test.code || r.Okay != (test.code == "") || r.Fatal == r.Okay {
			t.Errorf("%s: %+v", test.what, r)
		}
	}
}

func TestAccountNonce(t *testing.T) {
	c := newChain(t)
	c.build(c.sign(c.alice, 0, callSetValue("a")), c.sign(c.alice, 1, callSetValue("b")))
	for who, want := range map[primitives.AccountID]string{c.alice: "\x02\x00\x00\x00", c.bob: "\x00\x00\x00\x00", {9}: "\x00\x00\x00\x00"} {
		if got := callEntry(exportAccountNonceApiAccountNonce, &who); string(got) != want {
			t.Errorf("nonce of %v is %x", who, got)
		}
	}
}

// The bytes of calls are a promise to those who sign them.
func TestCalls(t *testing.T) {
	tests := []struct {
		call call
		want string
	}{
		{inSystem{&remark{[]byte("a")}}, "\x00\x00\x04a"},
		{inSystem{&setCode{[]byte("bc")}}, "\x00\x02\x08bc"},
		{inTimestamp{&setTimestamp{1}}, "\x01\x00\x04"},
		{inBalances{&transfer{primitives.MultiAddress{}, num.U128From(2)}}, "\x02\x03\x00" + strings.Repeat("\x00", 32) + "\x08"},
		{inStorage{&setValue{[]byte("d")}}, "\x03\x00\x04d"},
		{inStorage{clearValue{}}, "\x03\x01"},
	}
	for _, test := range tests {
		if got := string(appendCall(nil, test.call)); got != test.want {
			t.Errorf("%T is encoded as %x, want %x", test.call, got, test.want)
		}
	}
}
