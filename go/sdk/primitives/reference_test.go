package primitives_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"polkago.dev/sdk/num"
	. "polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

// A coded value can be encoded and decoded.
type coded interface {
	scale.Sized
	scale.Decodable
}

// reference returns the vectors that the reference implementation's codec wrote (crates/host/tests/reference.rs).
func reference(t *testing.T) (names []string, vectors map[string][]byte) {
	t.Helper()
	text, err := os.ReadFile("testdata/reference.txt")
	if err != nil {
		t.Fatal(err)
	}
	vectors = make(map[string][]byte)
	for line := range strings.Lines(string(text)) {
		name, digits, _ := strings.Cut(strings.TrimSpace(line), " ")
		v, err := hex.DecodeString(digits)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "extrinsic.") {
			v = scale.NewDecoder(v).Bytes() // there with their length
		}
		names = append(names, name)
		vectors[name] = v
	}
	return names, vectors
}

func filled(x byte) (h Hash) {
	for i := range h {
		h[i] = x
	}
	return h
}

func digest() Digest {
	return Digest{
		{Kind: DigestPreRuntime, Engine: [4]byte{'a', 'u', 'r', 'a'}, Data: []byte{1, 2, 3}},
		{Kind: DigestConsensus, Engine: [4]byte{'B', 'A', 'B', 'E'}},
		{Kind: DigestSeal, Engine: [4]byte{'F', 'R', 'N', 'K'}, Data: bytes.Repeat([]byte{9}, 64)},
		{Kind: DigestOther, Data: []byte("other")},
		{Kind: DigestRuntimeEnvironmentUpdated},
	}
}

func header(number BlockNumber, digest Digest) *Header {
	return &Header{filled(1), number, filled(2), filled(3), digest}
}

func signature(kind SignatureKind, x byte) *MultiSignature {
	s := &MultiSignature{Kind: kind}
	copy(s.Bytes[:], bytes.Repeat([]byte{x}, kind.Size()))
	return s
}

func signed(era Era, nonce Nonce, tip num.U128) *Extrinsic {
	return &Extrinsic{
		Signed:    true,
		Address:   AddressOf(AccountID(filled(0xaa))),
		Signature: *signature(Sr25519, 2),
		Extra:     Extra{era, nonce, tip},
		Call:      []byte{2, 0, 7, 8, 9},
	}
}

func inherents() *InherentData {
	i := new(InherentData)
	i.Put(TimestampInherent, scale.AppendU64(nil, 1_700_000_000_000))
	i.Put(InherentID{'a', 'u', 'r', 'a', 's', 'l', 'o', 't'}, []byte{1})
	return i
}

func custom(e TransactionValidityError, x uint8) TransactionValidityError {
	e.Custom = x
	return e
}

func notValid(e TransactionValidityError) *TransactionValidity {
	v := NotValid(e)
	return &v
}

func failed(e DispatchError) *ApplyExtrinsicResult {
	r := Applied(Failure(e))
	return &r
}

func pointer[T any](v T) *T { return &v }

// values are the values of the vectors.
func values() map[string]coded {
	someDigest, noDigest := digest(), Digest(nil)
	twenty := AccountID(filled(6))
	clear(twenty[20:])
	invalid := func(r InvalidTransaction) coded { return notValid(Invalid(r)) }
	unknown := func(r UnknownTransaction) coded { return notValid(Unknown(r)) }
	fails := func(k DispatchErrorKind) coded { return failed(DispatchError{Kind: k}) }
	token := func(e TokenError) coded { return failed(TokenFailure(e)) }
	arithmetic := func(e ArithmeticError) coded { return failed(ArithmeticFailure(e)) }
	m := map[string]coded{
		"digest.empty": &noDigest,
		"digest.all":   &someDigest,
		"block.two":    &Block{*header(7, nil), [][]byte{{4, 1, 2}, bytes.Repeat([]byte{7}, 100)}},

		"era.immortal": &Era{},

		"address.id":    pointer(AddressOf(AccountID(filled(0xaa)))),
		"address.index": &MultiAddress{Kind: AddressIndex, Index: num.U128From(70_000)},
		"address.raw":   &MultiAddress{Kind: AddressRaw, Raw: []byte{1, 2, 3}},
		"address.32":    &MultiAddress{Kind: Address32, ID: AccountID(filled(5))},
		"address.20":    &MultiAddress{Kind: Address20, ID: twenty},

		"signature.ed25519": signature(Ed25519, 1),
		"signature.sr25519": signature(Sr25519, 2),
		"signature.ecdsa":   signature(Ecdsa, 3),
		"signature.eth":     signature(Eth, 4),

		"extrinsic.signed":   signed(MortalEra(64, 1000), 300, num.U128{Hi: 1 << 36}),
		"extrinsic.immortal": signed(Era{}, 0, num.U128{}),
		"extrinsic.bare":     &Extrinsic{Call: []byte{1, 1, 1, 1, 1}},

		"source.InBlock":  pointer(InBlock),
		"source.Local":    pointer(Local),
		"source.External": pointer(External),

		"validity.valid": pointer(Valid(ValidTransaction{
			Priority:  5,
			Requires:  [][]byte{{1, 2}},
			Provides:  [][]byte{nil, bytes.Repeat([]byte{3}, 36)},
			Longevity: 64,
			Propagate: true,
		})),
		"validity.Call":                       invalid(InvalidCall),
		"validity.Payment":                    invalid(InvalidPayment),
		"validity.Future":                     invalid(InvalidFuture),
		"validity.Stale":                      invalid(InvalidStale),
		"validity.BadProof":                   invalid(InvalidBadProof),
		"validity.AncientBirthBlock":          invalid(InvalidAncientBirthBlock),
		"validity.ExhaustsResources":          invalid(InvalidExhaustsResources),
		"validity.Custom(77)":                 notValid(custom(Invalid(InvalidCustom), 77)),
		"validity.BadMandatory":               invalid(InvalidBadMandatory),
		"validity.MandatoryValidation":        invalid(InvalidMandatoryValidation),
		"validity.BadSigner":                  invalid(InvalidBadSigner),
		"validity.IndeterminateImplicit":      invalid(InvalidIndeterminateImplicit),
		"validity.UnknownOrigin":              invalid(InvalidUnknownOrigin),
		"validity.unknownCannotLookup":        unknown(UnknownCannotLookup),
		"validity.unknownNoUnsignedValidator": unknown(UnknownNoUnsignedValidator),
		"validity.unknownCustom(78)":          notValid(custom(Unknown(UnknownCustom), 78)),

		"mode.all":       pointer(AllExtrinsics),
		"mode.inherents": pointer(OnlyInherents),

		"result.ok":                pointer(Applied(Success())),
		"result.stale":             pointer(Rejected(Invalid(InvalidStale))),
		"result.other":             fails(DispatchOther),
		"result.cannotLookup":      fails(DispatchCannotLookup),
		"result.badOrigin":         fails(DispatchBadOrigin),
		"result.module":            failed(ModuleError(2, 1)),
		"result.consumerRemaining": fails(DispatchConsumerRemaining),
		"result.noProviders":       fails(DispatchNoProviders),
		"result.tooManyConsumers":  fails(DispatchTooManyConsumers),
		"result.fundsUnavailable":  token(TokenFundsUnavailable),
		"result.belowMinimum":      token(TokenBelowMinimum),
		"result.notExpendable":     token(TokenNotExpendable),
		"result.blocked":           token(TokenBlocked),
		"result.underflow":         arithmetic(ArithmeticUnderflow),
		"result.overflow":          arithmetic(ArithmeticOverflow),
		"result.divisionByZero":    arithmetic(ArithmeticDivisionByZero),
		"result.noLayer":           failed(DispatchError{Kind: DispatchTransactional, Detail: 1}),
		"result.exhausted":         fails(DispatchExhausted),
		"result.corruption":        fails(DispatchCorruption),
		"result.unavailable":       fails(DispatchUnavailable),
		"result.rootNotAllowed":    fails(DispatchRootNotAllowed),
		"result.trie":              failed(DispatchError{Kind: DispatchTrie, Detail: 13}),

		"version.two": &RuntimeVersion{
			SpecName:         "frameless",
			ImplName:         "polkago",
			AuthoringVersion: 1,
			SpecVersion:      100,
			ImplVersion:      2,
			APIs: []APIVersion{
				{ID: [8]byte{0xdf, 0x6a, 0xcb, 0x68, 0x99, 0x07, 0x60, 0x9b}, Version: 5},
				{ID: [8]byte{1, 1, 1, 1, 1, 1, 1, 1}, Version: 9},
			},
			TransactionVersion: 3,
			SystemVersion:      1,
		},
		"inherents.two":  inherents(),
		"checked.failed": &CheckInherentsResult{Fatal: true, Errors: *inherents()},
	}
	for name, number := range map[string]BlockNumber{
		"0": 0, "63": 63, "64": 64, "16383": 16383, "16384": 16384, "1073741824": 1 << 30, "4294967295": 1<<32 - 1,
	} {
		m["header."+name] = header(number, digest())
	}
	return m
}

// blank returns a new value of the same type to decode into, with something in it that must not stay.
func blank(v coded) coded {
	switch v.(type) {
	case *Digest:
		return &Digest{{Kind: DigestOther}}
	case *Header:
		return header(99, digest())
	case *Block:
		return &Block{Extrinsics: [][]byte{{1}}}
	case *Era:
		return &Era{4, 1}
	case *MultiAddress:
		return &MultiAddress{Kind: AddressRaw, ID: AccountID(filled(1)), Raw: []byte{1}}
	case *MultiSignature:
		return signature(Eth, 9)
	case *Extrinsic:
		return signed(Era{8, 1}, 2, num.U128From(3))
	case *TransactionSource:
		return pointer(External)
	case *TransactionValidity:
		return notValid(custom(Invalid(InvalidCustom), 7))
	case *ExtrinsicInclusionMode:
		return pointer(OnlyInherents)
	case *ApplyExtrinsicResult:
		return failed(ModuleError(7, 7))
	case *RuntimeVersion:
		return &RuntimeVersion{SpecName: "x"}
	case *InherentData:
		return inherents()
	case *CheckInherentsResult:
		return &CheckInherentsResult{Okay: true, Errors: *inherents()}
	}
	panic("no blank value of this type")
}

func TestReference(t *testing.T) {
	names, vectors := reference(t)
	values := values()
	for _, name := range names {
		if strings.HasPrefix(name, "sha256.") {
			continue
		}
		value, want := values[name], vectors[name]
		delete(values, name)
		if value == nil {
			t.Errorf("%s: no value in this test", name)
			continue
		}
		if got := scale.Marshal(value); !bytes.Equal(got, want) {
			t.Errorf("%s: encoded\n%x, want\n%x", name, got, want)
			continue
		}
		if got := value.SizeSCALE(); got != len(want) {
			t.Errorf("%s: size %d, want %d", name, got, len(want))
		}
		decoded := blank(value)
		if err := scale.Unmarshal(want, decoded); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := scale.Marshal(decoded); !bytes.Equal(got, want) {
			t.Errorf("%s: decoded and encoded again\n%x, want\n%x", name, got, want)
		}
	}
	for name := range values {
		t.Errorf("%s: no such vector", name)
	}
}

// Every encoding cut short is an error; nothing that begins like an encoding is taken for one.
func TestTruncated(t *testing.T) {
	_, vectors := reference(t)
	for name, value := range values() {
		if strings.HasPrefix(name, "extrinsic.") {
			continue // a call is all that is behind
		}
		for n := range len(vectors[name]) {
			if err := scale.Unmarshal(vectors[name][:n], blank(value)); err == nil {
				t.Errorf("%s: %d of %d bytes are decoded", name, n, len(vectors[name]))
			}
		}
	}
}

// All 65,536 encodings of two bytes, and births and deaths of many eras.
func TestEras(t *testing.T) {
	_, vectors := reference(t)
	all := sha256.New()
	for encoded := range 1 << 16 {
		var era Era
		d := scale.NewDecoder([]byte{byte(encoded), byte(encoded >> 8)})
		era.DecodeSCALE(d)
		if d.Failed() {
			all.Write([]byte{0})
			continue
		}
		b := []byte{1}
		b = scale.AppendU32(b, era.Period)
		b = scale.AppendU32(b, era.Phase)
		all.Write(era.AppendSCALE(b))
	}
	if got := all.Sum(nil); !bytes.Equal(got, vectors["sha256.eras"]) {
		t.Errorf("eras differ from the reference implementation's")
	}
	spans := sha256.New()
	for _, period := range []uint32{1, 4, 5, 64, 1000, 4096, 8192, 65_536, 100_000} {
		for _, current := range []BlockNumber{0, 1, 3, 63, 64, 65, 4095, 5000, 70_000, 4_000_000_000} {
			era := MortalEra(period, current)
			for _, at := range []BlockNumber{0, 1, current, current + 1, current + 64} {
				b := era.AppendSCALE(nil)
				b = scale.AppendU64(b, uint64(era.Birth(at)))
				spans.Write(scale.AppendU64(b, era.Death(at)))
			}
		}
	}
	if got := spans.Sum(nil); !bytes.Equal(got, vectors["sha256.spans"]) {
		t.Errorf("births and deaths differ from the reference implementation's")
	}
}

func TestMalformed(t *testing.T) {
	tests := []struct {
		name  string
		into  coded
		bytes []byte
	}{
		{"digest item of kind 1", new(Digest), []byte{4, 1, 0}},
		{"digest item of kind 7", new(Digest), []byte{4, 7}},
		{"digest longer than the input", new(Digest), []byte{0xfe, 0xff, 0xff, 0xff}},
		{"address of kind 5", new(MultiAddress), append([]byte{5}, make([]byte, 32)...)},
		{"signature of kind 4", new(MultiSignature), append([]byte{4}, make([]byte, 65)...)},
		{"extrinsic of version 3", new(Extrinsic), []byte{3, 0, 0}},
		{"extrinsic of version 5", new(Extrinsic), []byte{5, 0, 0}},
		{"general extrinsic", new(Extrinsic), []byte{0x45, 0, 0}},
		{"empty extrinsic", new(Extrinsic), nil},
		{"era of a phase behind its period", new(Era), []byte{0x41, 0}},
		{"era of period 2", new(Era), []byte{0x10, 0}},
		{"source 3", new(TransactionSource), []byte{3}},
		{"validity of reason 13", new(TransactionValidity), []byte{1, 0, 13}},
		{"validity of unknown reason 3", new(TransactionValidity), []byte{1, 1, 3}},
		{"dispatch error 15", new(ApplyExtrinsicResult), []byte{0, 1, 15}},
		{"token error 10", new(ApplyExtrinsicResult), []byte{0, 1, 7, 10}},
		{"mode 2", new(ExtrinsicInclusionMode), []byte{2}},
		{"inherents longer than the input", new(InherentData), []byte{8, 1, 2, 3}},
	}
	for _, test := range tests {
		if err := scale.Unmarshal(test.bytes, test.into); err == nil {
			t.Errorf("%s is decoded", test.name)
		}
	}
}

func TestInherentData(t *testing.T) {
	var i InherentData
	// The same kind twice and out of order: the last one counts.
	entry := func(id string, data ...byte) []byte { return scale.AppendBytes([]byte(id), data) }
	encoded := bytes.Join([][]byte{{12}, entry("zzzzzzzz", 1), entry("aaaaaaaa", 2), entry("zzzzzzzz", 3)}, nil)
	if err := scale.Unmarshal(encoded, &i); err != nil {
		t.Fatal(err)
	}
	z, ok := i.Get(InherentID{'z', 'z', 'z', 'z', 'z', 'z', 'z', 'z'})
	if i.Len() != 2 || !ok || !bytes.Equal(z, []byte{3}) {
		t.Errorf("%d kinds, data %v", i.Len(), z)
	}
	if _, ok := i.Get(TimestampInherent); ok {
		t.Error("data of a kind that is not there")
	}
	want := bytes.Join([][]byte{{8}, entry("aaaaaaaa", 2), entry("zzzzzzzz", 3)}, nil)
	if got := scale.Marshal(&i); !bytes.Equal(got, want) {
		t.Errorf("encoded %x, want %x", got, want)
	}
}

func TestPayload(t *testing.T) {
	extra := Extra{Nonce: 1}
	additional := Additional{SpecVersion: 2, TransactionVersion: 3, Genesis: filled(4), Birth: filled(5)}
	got := AppendPayload([]byte{9}, []byte{7, 8}, &extra, &additional)
	four, five := filled(4), filled(5)
	want := bytes.Join([][]byte{{9}, {7, 8}, {0, 4, 0}, {2, 0, 0, 0, 3, 0, 0, 0}, four[:], five[:]}, nil)
	if !bytes.Equal(got, want) {
		t.Errorf("payload %x, want %x", got, want)
	}
}

func TestTexts(t *testing.T) {
	tests := []struct{ got, want string }{
		{filled(0xa0).String()[:6], "0xa0a0"},
		{Invalid(InvalidStale).Error(), "nonce already used"},
		{custom(Invalid(InvalidCustom), 7).Error(), "invalid for the runtime's own reason (7)"},
		{Unknown(UnknownCannotLookup).Error(), "address leads to no account"},
		{TransactionValidityError{Reason: 99}.Error(), "reason 99"},
		{ModuleError(3, 1).Error(), "pallet 3: error 1"},
		{TokenFailure(TokenBelowMinimum).Error(), "token: receiver would have too little to exist"},
		{ArithmeticFailure(ArithmeticOverflow).Error(), "arithmetic: overflow"},
		{DispatchError{Kind: 77}.Error(), "reason 77"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}
