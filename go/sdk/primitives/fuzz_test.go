package primitives_test

import (
	"bytes"
	"testing"

	. "polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

// kinds returns a new value of each type.
func kinds() []coded {
	return []coded{
		new(Hash), new(AccountID), new(Digest), new(Header), new(Block), new(Era), new(MultiAddress),
		new(MultiSignature), new(Extra), new(Additional), new(Extrinsic), new(RuntimeVersion), new(InherentData),
		new(CheckInherentsResult), new(TransactionSource), new(TransactionValidity), new(ApplyExtrinsicResult),
		new(ExtrinsicInclusionMode),
	}
}

// Whatever is decoded is encoded to the bytes that it was decoded from: no value has two encodings. Only the kinds of
// inherent data may come in any order.
func FuzzDecode(f *testing.F) {
	for i := range kinds() {
		f.Add(uint8(i), []byte{0})
	}
	for _, v := range values() {
		for i, kind := range kinds() {
			if scale.Unmarshal(scale.Marshal(v), kind) == nil {
				f.Add(uint8(i), scale.Marshal(v))
			}
		}
	}
	f.Fuzz(func(t *testing.T, i uint8, data []byte) {
		all := kinds()
		v := all[int(i)%len(all)]
		d := scale.NewDecoder(data)
		v.DecodeSCALE(d)
		if d.Failed() {
			return
		}
		again := scale.Marshal(v)
		switch v.(type) {
		case *InherentData, *CheckInherentsResult:
			second := kinds()[int(i)%len(all)]
			if err := scale.Unmarshal(again, second); err != nil || !bytes.Equal(scale.Marshal(second), again) {
				t.Errorf("%T: %x becomes %x, and that %x (%v)", v, data, again, scale.Marshal(second), err)
			}
		default:
			if used := data[:d.Offset()]; !bytes.Equal(again, used) {
				t.Errorf("%T: %x becomes %x", v, used, again)
			}
		}
	})
}
