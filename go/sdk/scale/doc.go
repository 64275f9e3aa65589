// Package scale encodes and decodes SCALE, the binary format of Polkadot (Polkadot specification, "SCALE Codec"),
// without reflection.
//
// # Encoding
//
// Functions named Append add the encoding of a value to a byte slice and return the longer slice, as those of
// package strconv do. Size functions tell the length beforehand, so that one allocation is enough:
//
//	b := make([]byte, 0, scale.SizeCompactU128(amount)+scale.SizeString(memo))
//	b = scale.AppendCompactU128(b, amount)
//	b = scale.AppendString(b, memo)
//
// # Decoding
//
// A [Decoder] reads values from the front of its input. It keeps the first error, after which every read gives a
// zero value, so that a caller may read a whole structure and ask once:
//
//	d := scale.NewDecoder(input)
//	amount, memo := d.CompactU128(), d.String()
//	if err := d.Finish(); err != nil { ... }
//
// An [Error] has the offset of what is wrong and the path of fields that leads there. Only canonical encodings are
// taken: the shortest form of compact integers, valid UTF-8, the tags that a type has. Lengths are compared with
// what is left of the input before memory is allocated for them.
//
// # Types of one's own
//
// A type takes part by two methods, which "polkago generate" writes for types marked with //polkago:scale:
//
//	func (t *Transfer) AppendSCALE(b []byte) []byte
//	func (t *Transfer) DecodeSCALE(d *scale.Decoder)
//
// The functions for sequences, options and other types with parameters take how to encode or decode their parts:
// method expressions such as (*Transfer).AppendSCALE and (*Transfer).DecodeSCALE, or the Put and Get functions of
// this package, such as [PutU32] and [GetU32].
package scale

// A Put function appends the encoding of a value to a byte slice.
type Put[T any] = func(v *T, b []byte) []byte

// A Get function decodes a value from a decoder. After an error of the decoder the value has no meaning.
type Get[T any] = func(v *T, d *Decoder)

// Encoder is implemented by types that can be encoded.
type Encoder interface {
	// AppendSCALE appends the encoding to b and returns the longer slice.
	AppendSCALE(b []byte) []byte
}

// Decodable is implemented by pointers to types that can be decoded.
type Decodable interface {
	// DecodeSCALE decodes a value from d, which keeps the error if there is one.
	DecodeSCALE(d *Decoder)
}

// Marshal returns the encoding of v.
func Marshal(v Encoder) []byte { return v.AppendSCALE(nil) }

// Unmarshal decodes v from data, all of which must be used.
func Unmarshal(data []byte, v Decodable) error {
	d := Decoder{data: data}
	v.DecodeSCALE(&d)
	return d.Finish()
}
