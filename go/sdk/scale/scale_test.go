package scale_test

import (
	"bytes"
	"errors"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"polkago.dev/sdk/num"
	"polkago.dev/sdk/scale"
)

func TestCompactForms(t *testing.T) {
	tests := []struct {
		value num.U256
		want  []byte
	}{
		{num.U256From(0), []byte{0}},
		{num.U256From(63), []byte{0xfc}},
		{num.U256From(64), []byte{0x01, 0x01}},
		{num.U256From(1<<14 - 1), []byte{0xfd, 0xff}},
		{num.U256From(1 << 14), []byte{0x02, 0x00, 0x01, 0x00}},
		{num.U256From(1<<30 - 1), []byte{0xfe, 0xff, 0xff, 0xff}},
		{num.U256From(1 << 30), []byte{0x03, 0x00, 0x00, 0x00, 0x40}},
		{num.U256From(1 << 32), []byte{0x07, 0x00, 0x00, 0x00, 0x00, 0x01}},
		{num.MaxU256, append([]byte{0x73}, bytes.Repeat([]byte{0xff}, 32)...)},
	}
	for _, test := range tests {
		got := scale.AppendCompactU256(nil, test.value)
		if !bytes.Equal(got, test.want) {
			t.Errorf("AppendCompactU256(%v) = %x, want %x", test.value, got, test.want)
		}
		if size := scale.SizeCompactU256(test.value); size != len(test.want) {
			t.Errorf("SizeCompactU256(%v) = %d, want %d", test.value, size, len(test.want))
		}
		d := scale.NewDecoder(test.want)
		if v := d.CompactU256(); v != test.value || d.Finish() != nil {
			t.Errorf("CompactU256(%x) = %v, %v", test.want, v, d.Err())
		}
	}
}

// TestCompactWidths compares each width with the widest one.
func TestCompactWidths(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		v := random.Uint64() >> random.IntN(64)
		want := scale.AppendCompactU256(nil, num.U256From(v))
		if got := scale.AppendCompactU64(nil, v); !bytes.Equal(got, want) || scale.SizeCompactU64(v) != len(want) {
			t.Fatalf("AppendCompactU64(%d) = %x, want %x", v, got, want)
		}
		if got := scale.AppendCompactU128(nil, num.U128From(v)); !bytes.Equal(got, want) {
			t.Fatalf("AppendCompactU128(%d) = %x, want %x", v, got, want)
		}
		d := scale.NewDecoder(want)
		if got := d.CompactU32(); (d.Finish() == nil) != (v < 1<<32) || d.Err() == nil && uint64(got) != v {
			t.Fatalf("CompactU32(%x) = %d, %v, want %d", want, got, d.Err(), v)
		}
		d = scale.NewDecoder(want)
		if got := d.CompactU16(); (d.Finish() == nil) != (v < 1<<16) || d.Err() == nil && uint64(got) != v {
			t.Fatalf("CompactU16(%x) = %d, %v, want %d", want, got, d.Err(), v)
		}
	}
}

func TestErrors(t *testing.T) {
	tests := []struct {
		name   string
		input  []byte
		decode func(d *scale.Decoder)
		kind   scale.Kind
		offset int
		text   string
	}{
		{"no byte", nil, func(d *scale.Decoder) { d.U8() }, scale.Truncated, 0,
			"scale: input ends too early: 1 bytes wanted at offset 0 (offset 0)"},
		{"half a word", []byte{1, 2, 3}, func(d *scale.Decoder) { d.U16(); d.U16() }, scale.Truncated, 3,
			"scale: input ends too early: 2 bytes wanted at offset 2 (offset 3)"},
		{"bool 2", []byte{2}, func(d *scale.Decoder) { d.Bool() }, scale.BadTag, 0,
			"scale: tag that the type does not have: 2 (offset 0)"},
		{"left over", []byte{1, 2}, func(d *scale.Decoder) { d.Bool() }, scale.Trailing, 1,
			"scale: bytes left over: 1 of them (offset 1)"},
		{"length bomb", []byte{0xfe, 0xff, 0xff, 0xff, 1}, func(d *scale.Decoder) { d.Bytes() }, scale.TooLong, 0,
			"scale: length exceeds the input: 1073741823 elements (offset 0)"},
		{"many of nothing", []byte{0xfe, 0xff, 0xff, 0xff}, func(d *scale.Decoder) {
			scale.DecodeSlice(d, 0, scale.GetUnit)
		}, scale.TooLong, 0, "scale: length exceeds the input: 1073741823 elements (offset 0)"},
		{"element", []byte{8, 1, 2}, func(d *scale.Decoder) {
			scale.DecodeSlice(d, 1, scale.GetBool)
			d.In("Flags")
		}, scale.BadTag, 2, "scale: Flags[1]: tag that the type does not have: 2 (offset 2)"},
		{"long form", []byte{1, 0}, func(d *scale.Decoder) { d.CompactU32() }, scale.NotCanonical, 0,
			"scale: not the canonical form: a shorter form of 0 exists (offset 0)"},
		{"large", []byte{0x0f, 0, 0, 0, 0, 0, 0, 1}, func(d *scale.Decoder) { d.CompactU32() }, scale.OutOfRange, 0,
			"scale: number too large for its type: 7 bytes for 32 bits (offset 0)"},
		{"text", []byte{4, 0xff}, func(d *scale.Decoder) { _ = d.String() }, scale.BadUTF8, 0,
			"scale: string is not valid UTF-8 (offset 0)"},
		{"own rule", []byte{7}, func(d *scale.Decoder) {
			at := d.Offset()
			d.U8()
			d.Fail(at, "seven")
			d.In("Header.Number")
		}, scale.Invalid, 0, "scale: Header.Number: invalid value: seven (offset 0)"},
	}
	for _, test := range tests {
		d := scale.NewDecoder(test.input)
		test.decode(d)
		err := d.Finish()
		var e *scale.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: error %v", test.name, err)
			continue
		}
		if e.Kind != test.kind || e.Offset != test.offset || e.Error() != test.text {
			t.Errorf("%s: %v %d %q", test.name, e.Kind, e.Offset, e.Error())
		}
	}
}

// nested is a list of lists.
type nested struct{ parts []nested }

func (n *nested) AppendSCALE(b []byte) []byte {
	return scale.AppendSlice(b, n.parts, (*nested).AppendSCALE)
}

func (n *nested) DecodeSCALE(d *scale.Decoder) {
	if d.Enter() {
		n.parts = scale.DecodeSlice(d, 1, (*nested).DecodeSCALE)
		d.Leave()
	}
}

func TestDepth(t *testing.T) {
	deep := append(bytes.Repeat([]byte{4}, 1_000_000), 0)
	var n nested
	var e *scale.Error
	if err := scale.Unmarshal(deep, &n); !errors.As(err, &e) || e.Kind != scale.TooDeep {
		t.Errorf("deep: %v", err)
	}
	enough := append(bytes.Repeat([]byte{4}, scale.DefaultMaxDepth-1), 0)
	if err := scale.Unmarshal(enough, &n); err != nil {
		t.Errorf("as deep as allowed: %v", err)
	}
	if !bytes.Equal(scale.Marshal(&n), enough) {
		t.Error("another encoding")
	}
}

func TestMemoryLimit(t *testing.T) {
	// A thousand empty options of large arrays: a kilobyte that stands for 66.
	type large = scale.Option[[64]byte]
	input := append(scale.AppendLen(nil, 1000), make([]byte, 1000)...)
	get := func(v *large, d *scale.Decoder) {
		*v = scale.DecodeOption(d, func(v *[64]byte, d *scale.Decoder) { d.Fixed(v[:]) })
	}
	d := scale.NewDecoder(input)
	d.SetMemoryLimit(10 * len(input))
	scale.DecodeSlice(d, 1, get)
	var e *scale.Error
	if !errors.As(d.Finish(), &e) || e.Kind != scale.TooMuchMemory {
		t.Errorf("with a limit: %v", d.Err())
	}
	d = scale.NewDecoder(input)
	if v := scale.DecodeSlice(d, 1, get); len(v) != 1000 || d.Finish() != nil {
		t.Errorf("without a limit: %d, %v", len(v), d.Err())
	}
}

func TestViews(t *testing.T) {
	input := scale.AppendBytes(nil, []byte("abc"))
	view := scale.NewDecoder(input).BytesView()
	own := scale.NewDecoder(input).Bytes()
	input[1] = 'x'
	if string(view) != "xbc" || string(own) != "abc" {
		t.Errorf("view %q, own %q", view, own)
	}
	if cap(view) != 3 {
		t.Error("an append to the view would write into the input")
	}
}

func TestOptions(t *testing.T) {
	for _, test := range []struct {
		option scale.Option[bool]
		short  byte
		long   []byte
	}{
		{scale.None[bool](), 0, []byte{0}},
		{scale.Some(true), 1, []byte{1, 1}},
		{scale.Some(false), 2, []byte{1, 0}},
	} {
		short := scale.AppendOptionBool(nil, test.option)
		long := scale.AppendOption(nil, test.option, scale.PutBool)
		if !bytes.Equal(short, []byte{test.short}) || !bytes.Equal(long, test.long) {
			t.Errorf("%v: %x, %x", test.option, short, long)
		}
		if got := scale.NewDecoder(short).OptionBool(); got != test.option {
			t.Errorf("OptionBool(%x) = %v", short, got)
		}
		if got := scale.DecodeOption(scale.NewDecoder(long), scale.GetBool); got != test.option {
			t.Errorf("DecodeOption(%x) = %v", long, got)
		}
	}
}

func TestMap(t *testing.T) {
	type entry = scale.Entry[string, uint8]
	m := scale.MapOf(entry{"b", 1}, entry{"a", 2}, entry{"b", 3})
	m.Set("c", 4)
	m.Set("a", 5)
	m.Delete("x")
	put := func() []byte { return scale.AppendMap(nil, m, scale.PutString, scale.PutU8) }
	if want := []byte("\x0c\x04a\x05\x04b\x03\x04c\x04"); !bytes.Equal(put(), want) {
		t.Errorf("map: %q, want %q", put(), want)
	}
	if v, ok := m.Get("b"); v != 3 || !ok || m.Len() != 3 {
		t.Errorf("Get(b) = %d, %v", v, ok)
	}
	m.Delete("b")
	if _, ok := m.Get("b"); ok {
		t.Error("b is still there")
	}
	d := scale.NewDecoder([]byte("\x0c\x04b\x01\x04a\x02\x04b\x03"))
	m = scale.DecodeMap(d, 2, scale.GetString, scale.GetU8)
	if want := []byte("\x08\x04a\x02\x04b\x03"); d.Finish() != nil || !bytes.Equal(put(), want) {
		t.Errorf("decoded: %q, want %q, %v", put(), want, d.Err())
	}
}

func TestSet(t *testing.T) {
	s := scale.SetOf[uint16](3, 1, 3)
	s.Add(2)
	s.Add(2)
	if !s.Has(2) || s.Has(4) || s.Len() != 3 {
		t.Errorf("set %v", s.Keys())
	}
	s.Delete(1)
	b := scale.AppendSet(nil, s, scale.PutU16)
	if !bytes.Equal(b, []byte{8, 2, 0, 3, 0}) {
		t.Errorf("set: %x", b)
	}
	d := scale.NewDecoder([]byte{12, 9, 0, 2, 0, 9, 0})
	s = scale.DecodeSet(d, 2, scale.GetU16)
	if d.Finish() != nil || s.Len() != 2 {
		t.Errorf("decoded: %v, %v", s.Keys(), d.Err())
	}
}

func TestBits(t *testing.T) {
	s := scale.BitSequenceOf(true, false, true, true, false, false, false, false, true)
	b := scale.AppendBits(nil, s)
	if !bytes.Equal(b, []byte{9 << 2, 0x0d, 0x01}) {
		t.Errorf("bits: %x", b)
	}
	d := scale.NewDecoder(b)
	got := d.Bits()
	if d.Finish() != nil || got.Len() != 9 || !got.Bit(8) || got.Bit(7) {
		t.Errorf("decoded: %v, %v", got, d.Err())
	}
	d = scale.NewDecoder([]byte{4, 0xff})
	got = d.Bits()
	if again := scale.AppendBits(nil, got); d.Finish() != nil || !bytes.Equal(again, []byte{4, 1}) {
		t.Errorf("bits behind the end: %x, %v", again, d.Err())
	}
}

func TestWideIntegers(t *testing.T) {
	for _, text := range []string{"0", "1", "-1", "170141183460469231731687303715884105727",
		"-170141183460469231731687303715884105728"} {
		v, err := num.ParseI128(text)
		if err != nil {
			t.Fatal(err)
		}
		w, _ := num.ParseI256(text)
		d := scale.NewDecoder(scale.AppendI256(scale.AppendI128(nil, v), w))
		if got, wide := d.I128(), d.I256(); got != v || wide != w || d.Finish() != nil {
			t.Errorf("%s: %v, %v, %v", text, got, wide, d.Err())
		}
	}
}

func TestGoMaps(t *testing.T) {
	m := map[string]uint8{"b": 1, "a": 2, "": 3}
	b := scale.AppendGoMap(nil, m, scale.PutString, scale.PutU8)
	if want := []byte{12, 0, 3, 4, 'a', 2, 4, 'b', 1}; !bytes.Equal(b, want) {
		t.Errorf("encoded as %x, want %x", b, want)
	}
	d := scale.NewDecoder(b)
	if got := scale.DecodeGoMap(d, 2, scale.GetString, scale.GetU8); !maps.Equal(got, m) || d.Finish() != nil {
		t.Errorf("decoded as %v, %v", got, d.Err())
	}
	// The last of several entries counts.
	d = scale.NewDecoder([]byte{8, 0, 1, 0, 2})
	if got := scale.DecodeGoMap(d, 2, scale.GetString, scale.GetU8); got[""] != 2 || len(got) != 1 || d.Finish() != nil {
		t.Errorf("decoded as %v, %v", got, d.Err())
	}
	// A group of slots is more than ten times these few bytes.
	d = scale.NewDecoder([]byte{4, 0, 1})
	d.SetMemoryLimit(30)
	if got := scale.DecodeGoMap(d, 2, scale.GetString, scale.GetU8); got != nil || !d.Failed() {
		t.Errorf("decoded as %v with a limit of 30 bytes", got)
	}
}

func TestPointers(t *testing.T) {
	d := scale.NewDecoder([]byte{7})
	if p := scale.DecodePointer(d, scale.GetU8); p == nil || *p != 7 || d.Finish() != nil {
		t.Errorf("decoded as %v, %v", p, d.Err())
	}
	d = scale.NewDecoder([]byte{7})
	d.SetMemoryLimit(0)
	if p := scale.DecodePointer(d, scale.GetU8); p != nil || !d.Failed() {
		t.Errorf("decoded as %v without memory", p)
	}
}

// Allocators round up: 64 numbers of eight bytes may take 640.
func TestMemoryOfSlices(t *testing.T) {
	input := append([]byte{1, 1}, make([]byte, 64*8)...)
	for limit, fits := range map[int]bool{512: false, 639: false, 1024: true} {
		d := scale.NewDecoder(input)
		d.SetMemoryLimit(limit)
		v := scale.DecodeSlice(d, 8, scale.GetU64)
		if err, ok := d.Err().(*scale.Error); fits != (d.Err() == nil) || !fits && (!ok || err.Kind != scale.TooMuchMemory) {
			t.Errorf("with %d bytes decoded as %v, %v", limit, v, d.Err())
		}
	}
}

func TestLongPath(t *testing.T) {
	d := scale.NewDecoder(nil)
	d.U8()
	for range 1000 {
		d.In("Field")
	}
	path := d.Err().(*scale.Error).Path
	if !strings.HasPrefix(path, "...Field.Field") || len(path) > 140 {
		t.Errorf("path %q", path)
	}
}
