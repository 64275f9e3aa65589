package metadata_test

import (
	"encoding/hex"
	"strings"
	"testing"

	. "polkago.dev/sdk/metadata"
	"polkago.dev/sdk/scale"
)

// sample returns a small document in which everything occurs.
func sample() *Document {
	var m Document
	r := &m.Types
	u32 := r.Primitive(U32)
	call := r.Enum([]string{"Call"},
		Case{Name: "set", Index: 3, Fields: []Field{{Name: "to", Type: u32, TypeName: "u32"}}, Docs: []string{"Sets."}})
	m.Pallets = []Pallet{{
		Name:   "P",
		Prefix: "Q",
		Storage: []Item{
			{Name: "V", Value: u32, Fallback: []byte{0}},
			{Name: "M", Default: true, Hashers: []Hasher{Twox64Concat, Identity}, Key: r.Tuple(u32, u32), Value: u32,
				Fallback: []byte{1, 0, 0, 0}, Docs: []string{"A map."}},
		},
		Calls:     scale.Some(call),
		Constants: []Constant{{Name: "C", Type: u32, Value: []byte{9, 0, 0, 0}}},
		Index:     7,
	}}
	m.Extrinsic = Extrinsic{Type: r.Bytes(), Version: 4, Extensions: []Extension{{"E", u32, r.Tuple()}}}
	m.Runtime = r.Struct([]string{"Runtime"})
	return &m
}

// The bytes by the definitions of frame-metadata and scale-info. A whole document is read by those crates in
// crates/polkago/tests/cli/frameless.rs.
func TestEncode(t *testing.T) {
	got, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"6d657461 0e",
		"1c",            // 7 types
		"00 00 00 0505", // 0: u32
		"00",
		"04 04 1043616c6c 00 01 04 0c736574 04 01 08746f 00 01 0c753332 00 03 04 14536574732e 00", // 1: Call
		"08 00 00 04 08 00 00 00",            // 2: (u32, u32)
		"0c 00 00 0503 00",                   // 3: u8
		"10 00 00 02 0c 00",                  // 4: Vec<u8>
		"14 00 00 04 00 00",                  // 5: ()
		"18 04 1c52756e74696d65 00 00 00 00", // 6: Runtime
		"04 0450 01 0451 08",                 // pallet P, prefix Q, 2 items
		"0456 00 00 00 0400 00",
		"044d 01 01 08 05 06 08 00 10 01000000 04 1841206d61702e",
		"01 04 00 04 0443 00 10 09000000 00 00 07",
		"10 04 04 0445 00 14",
		"18",
	}, "")
	if want = strings.ReplaceAll(want, " ", ""); hex.EncodeToString(got) != want {
		t.Errorf("document\n%x, want\n%s", got, want)
	}
}

func TestTypesAreAddedOnce(t *testing.T) {
	var r Registry
	if a, b := r.Option(r.Bytes()), r.Option(r.Bytes()); a != b {
		t.Errorf("types %d and %d are the same", a, b)
	}
	if a, b := r.Result(r.Tuple(), r.ByteArray(4)), r.Result(r.Tuple(), r.ByteArray(5)); a == b {
		t.Error("different types have the same number")
	}
	// A type that refers to itself.
	list := r.Reserve()
	r.Define(list, Type{Path: []string{"List"}, Def: Variant{[]Case{
		{Name: "End", Index: 0},
		{Name: "Item", Index: 1, Fields: []Field{{Type: r.Primitive(Bool)}, {Type: list}}},
	}}})
	m := Document{Types: r, Runtime: list}
	if _, err := m.Encode(); err != nil {
		t.Error(err)
	}
}

func TestMistakes(t *testing.T) {
	tests := []struct {
		what  string
		spoil func(m *Document)
		want  string
	}{
		{"index twice", func(m *Document) { m.Pallets = append(m.Pallets, Pallet{Name: "R", Index: 7}) },
			"pallets P and R have the same index 7"},
		{"name twice", func(m *Document) { m.Pallets = append(m.Pallets, Pallet{Name: "P"}) }, "two pallets P"},
		{"no such type", func(m *Document) { m.Pallets[0].Storage[0].Value = 99 }, "P.V: there is no type 99"},
		{"no such runtime", func(m *Document) { m.Runtime = 99 }, "runtime: there is no type 99"},
		{"no such extension", func(m *Document) { m.Extrinsic.Extensions[0].Additional = NoType }, "extension E: there is no type"},
		{"element without type", func(m *Document) { m.Types.Sequence(77) }, "type 7: there is no type 77"},
		{"reserved", func(m *Document) { m.Types.Reserve() }, "type 7 is reserved and not defined"},
		{"cases twice", func(m *Document) { m.Types.Enum([]string{"a", "B"}, Case{Name: "X"}, Case{Name: "Y"}) },
			"type 7 (a::B): two cases have the index 0"},
		{"calls without cases", func(m *Document) { m.Pallets[0].Calls = scale.Some(TypeID(0)) }, "calls of P: type 0 has no cases"},
		{"key of other parts", func(m *Document) { m.Pallets[0].Storage[1].Key = 0 }, "P.M: 2 hashers and a key of other parts"},
		{"no prefix", func(m *Document) { m.Pallets[0].Prefix = "" }, "pallet P has items and no prefix"},
	}
	for _, test := range tests {
		m := sample()
		test.spoil(m)
		if _, err := m.Encode(); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.what, err, test.want)
		}
	}
}
