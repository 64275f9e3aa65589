package scale_test

import (
	"bytes"
	"testing"

	"polkago.dev/sdk/num"
	"polkago.dev/sdk/scale"
)

// everything has a part of each kind.
type everything struct {
	number  num.U128
	text    string
	raw     []byte
	list    []uint32
	option  scale.Option[string]
	short   scale.Option[bool]
	result  scale.Result[uint64, []byte]
	dict    scale.Map[string, uint16]
	set     scale.Set[uint8]
	bits    scale.BitSequence
	hashes  [][32]byte
	nested  nested
	compact num.U256
}

func (e *everything) AppendSCALE(b []byte) []byte {
	b = scale.AppendCompactU128(b, e.number)
	b = scale.AppendString(b, e.text)
	b = scale.AppendBytes(b, e.raw)
	b = scale.AppendSlice(b, e.list, scale.PutU32)
	b = scale.AppendOption(b, e.option, scale.PutString)
	b = scale.AppendOptionBool(b, e.short)
	b = scale.AppendResult(b, e.result, scale.PutU64, scale.PutBytes)
	b = scale.AppendMap(b, e.dict, scale.PutString, scale.PutU16)
	b = scale.AppendSet(b, e.set, scale.PutU8)
	b = scale.AppendBits(b, e.bits)
	b = scale.AppendSlice(b, e.hashes, scale.PutHash)
	b = e.nested.AppendSCALE(b)
	return scale.AppendCompactU256(b, e.compact)
}

func (e *everything) SizeSCALE() int {
	size := scale.SizeCompactU128(e.number) + scale.SizeString(e.text) + scale.SizeBytes(e.raw)
	size += scale.SizeSlice(e.list, func(*uint32) int { return 4 })
	size += scale.SizeOption(e.option, func(v *string) int { return scale.SizeString(*v) })
	size += 1
	size += scale.SizeResult(e.result, func(*uint64) int { return 8 }, func(v *[]byte) int { return scale.SizeBytes(*v) })
	size += scale.SizeMap(e.dict, func(v *string) int { return scale.SizeString(*v) }, func(*uint16) int { return 2 })
	size += scale.SizeSet(e.set, func(*uint8) int { return 1 })
	size += scale.SizeBits(e.bits)
	size += scale.SizeSlice(e.hashes, func(v *[32]byte) int { return len(v) })
	return size + len(scale.Marshal(&e.nested)) + scale.SizeCompactU256(e.compact)
}

func (e *everything) DecodeSCALE(d *scale.Decoder) {
	e.number = d.CompactU128()
	e.text = d.String()
	e.raw = d.Bytes()
	e.list = scale.DecodeSlice(d, 4, scale.GetU32)
	e.option = scale.DecodeOption(d, scale.GetString)
	e.short = d.OptionBool()
	e.result = scale.DecodeResult(d, scale.GetU64, scale.GetBytes)
	e.dict = scale.DecodeMap(d, 3, scale.GetString, scale.GetU16)
	e.set = scale.DecodeSet(d, 1, scale.GetU8)
	e.bits = d.Bits()
	e.hashes = scale.DecodeSlice(d, 32, scale.GetHash)
	e.nested.DecodeSCALE(d)
	e.compact = d.CompactU256()
}

// FuzzDecode decodes any input: there is a value or an error, never a panic; a value's encoding decodes to the same
// encoding again, and is the input but for maps, sets and bits, which have several.
func FuzzDecode(f *testing.F) {
	seed := everything{
		number: num.MaxU128, text: "text", raw: []byte{1, 2, 3}, list: []uint32{1, 2},
		option: scale.Some("some"), short: scale.Some(false), result: scale.Err[uint64]([]byte{9}),
		dict: scale.MapOf(scale.Entry[string, uint16]{Key: "k", Value: 7}), set: scale.SetOf[uint8](1, 2),
		bits: scale.BitSequenceOf(true, false, true), hashes: make([][32]byte, 2),
		nested: nested{make([]nested, 3)}, compact: num.MaxU256,
	}
	f.Add(scale.Marshal(&seed))
	f.Add(scale.Marshal(&everything{}))
	f.Fuzz(func(t *testing.T, input []byte) {
		var v everything
		d := scale.NewDecoder(input)
		d.SetMemoryLimit(10 * len(input))
		v.DecodeSCALE(d)
		if d.Finish() != nil {
			return
		}
		encoding := scale.Marshal(&v)
		if size := v.SizeSCALE(); size != len(encoding) {
			t.Fatalf("%x: size %d, want %d", input, size, len(encoding))
		}
		var again everything
		if err := scale.Unmarshal(encoding, &again); err != nil {
			t.Fatalf("%x is refused when encoded anew: %v", input, err)
		}
		if !bytes.Equal(scale.Marshal(&again), encoding) {
			t.Fatalf("%x: two encodings", input)
		}
		if len(encoding) > len(input) {
			t.Fatalf("%x: encoding is longer than the input", input)
		}
	})
}
