package main

import (
	"encoding/hex"
	"reflect"
	"testing"

	"polkago.dev/sdk/abi"
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/scale"
)

func sample() Transfer {
	kind := Seven
	return Transfer{
		From:     Hash{1, 2, 3},
		To:       scale.Some(Hash{4}),
		Value:    num.U128From(1000),
		Nonce:    7,
		Memo:     "memo",
		Data:     []byte{9, 8},
		OK:       true,
		Kinds:    []Kind{Zero, Seven},
		Smalls:   []Small{1, 2},
		Small:    3,
		Matrix:   [3][]uint16{{1}, {2, 3}, nil},
		M:        map[string]Hash{"b": {1}, "a": {2}},
		M2:       map[Hash]uint64{{2}: 1, {1}: 2},
		P:        &kind,
		R:        scale.Err[Kind]("bad"),
		S:        scale.MapOf(scale.Entry[uint32, []string]{Key: 1, Value: []string{"x"}}),
		Set:      scale.SetOf[Small](5, 4),
		Bits:     scale.BitSequenceOf(true, false),
		OB:       scale.Some(false),
		Pair:     Pair[Kind, Pair[uint8, []Call]]{One, Pair[uint8, []Call]{5, []Call{Remark{"r"}, &Batch{[]Call{Remark{"s"}}}}, nil}, []Kind{One}},
		Embedded: Embedded{-1, 2},
	}
}

func TestRoundTrip(t *testing.T) {
	want := sample()
	encoding := scale.Marshal(&want)
	if size := want.SizeSCALE(); size != len(encoding) {
		t.Errorf("size %d, want %d", size, len(encoding))
	}
	if b := scale.MarshalSized(&want); string(b) != string(encoding) || cap(b) != len(b) {
		t.Errorf("encoded as %x in %d bytes, want %x", b, cap(b), encoding)
	}
	var got Transfer
	if err := scale.Unmarshal(encoding, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("decoded as %+v, want %+v", got, want)
	}
	for n := range encoding {
		if err := scale.Unmarshal(encoding[:n], new(Transfer)); err == nil {
			t.Errorf("the first %d of %d bytes are taken", n, len(encoding))
		}
	}
}

func TestEncodings(t *testing.T) {
	kind := Seven
	tests := []struct {
		name string
		v    interface {
			scale.Sized
			scale.Decodable
		}
		want string
	}{
		{"constant", &kind, "07"},
		{"fields", &Embedded{1, -1}, "0100000000000000ffffffffffffffff"},
		{"variants", &Calls{Remark{"a"}, &Batch{}}, "08" + "000461" + "0500"},
		{"nothing", &Empty{}, ""},
		{"wide", &Balance{Lo: 1, Hi: 2}, "01000000000000000200000000000000"},
	}
	for _, test := range tests {
		if got := hex.EncodeToString(scale.Marshal(test.v)); got != test.want {
			t.Errorf("%s: encoded as %s, want %s", test.name, got, test.want)
		}
		if got := test.v.SizeSCALE(); got != len(test.want)/2 {
			t.Errorf("%s: size %d, want %d", test.name, got, len(test.want)/2)
		}
	}
}

func TestErrors(t *testing.T) {
	tests := []struct {
		name, input, want string
		v                 scale.Decodable
	}{
		{"constant", "02", "scale: tag that the type does not have: 2 (offset 0)", new(Kind)},
		{"variant", "0403", "scale: [0]: tag that the type does not have: 3 (offset 1)", new(Calls)},
		{"no index", "04", "scale: length exceeds the input: 1 elements (offset 0)", new(Calls)},
		{"in a variant", "08" + "05" + "04" + "0008ff", "scale: [0].Batch.Calls[0].Remark.Text: length exceeds the input: 2 elements (offset 4)", new(Calls)},
		{"too short", "01000000000000", "scale: A: input ends too early: 8 bytes wanted at offset 0 (offset 7)", new(Embedded)},
	}
	for _, test := range tests {
		input, err := hex.DecodeString(test.input)
		if err != nil {
			t.Fatal(err)
		}
		err = scale.Unmarshal(input, test.v)
		if err == nil || err.Error() != test.want {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
	}
}

func TestNesting(t *testing.T) {
	nested := func(depth int) []byte {
		var input []byte
		for range depth {
			input = append(input, 5, 4)
		}
		return append(input, 5, 0)
	}
	if d := scale.NewDecoder(nested(100)); DecodeCall(d) == nil || d.Finish() != nil {
		t.Errorf("100 levels: %v", d.Err())
	}
	d := scale.NewDecoder(nested(100000))
	DecodeCall(d)
	if err, ok := d.Err().(*scale.Error); !ok || err.Kind != scale.TooDeep {
		t.Errorf("100000 levels: %v", d.Err())
	}
}

func TestEntries(t *testing.T) {
	call := func(f func(ptr, n uint32) uint64, args string) (result string) {
		defer func() {
			if v := recover(); v != nil {
				result = v.(string)
			}
		}()
		input, err := hex.DecodeString(args)
		if err != nil {
			t.Fatal(err)
		}
		return hex.EncodeToString(abi.Input(abi.Unpack(f(abi.Unpack(abi.Output(input))))))
	}
	tests := []struct {
		name       string
		f          func(ptr, n uint32) uint64
		args, want string
	}{
		{"Core_version", exportCoreVersion, "", "1468656c6c6f" + "03000000" + "08" + "df6acb689907609b05000000" + "3c5c8a1fdb20688601000000" + "07000000"},
		{"Core_many", exportCoreMany, "0401000000", "01000000" + "01000000"},
		{"Hello_echo", exportHelloEcho, "080102", "080102"},
		{"Hello_echo", exportHelloEcho, "0801", "arguments of Hello_echo: scale: data: length exceeds the input: 2 elements (offset 0)"},
		{"Hello_nothing", exportHelloNothing, "", ""},
		{"Hello_nothing", exportHelloNothing, "00", "arguments of Hello_nothing: scale: bytes left over: 1 of them (offset 0)"},
	}
	for _, test := range tests {
		if got := call(test.f, test.args); got != test.want {
			t.Errorf("%s(%s) = %s, want %s", test.name, test.args, got, test.want)
		}
	}
}
