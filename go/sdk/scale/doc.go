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
// A type takes part by two methods:
//
//	func (t *Transfer) AppendSCALE(b []byte) []byte
//	func (t *Transfer) DecodeSCALE(d *scale.Decoder)
//
// A third one tells the length of the encoding, so that the caller of the first can allocate once, as [MarshalSized]
// does. A type without it can be encoded all the same:
//
//	func (t *Transfer) SizeSCALE() int
//
// The functions for sequences, options and other types with parameters take how to encode or decode their parts:
// method expressions such as (*Transfer).AppendSCALE and (*Transfer).DecodeSCALE, or the Put and Get functions of
// this package, such as [PutU32] and [GetU32].
//
// # Generated methods
//
// "polkago generate" writes the methods for types that directives mark, into the file polkago_gen.go beside the source.
//
//	//polkago:scale
//	type Transfer struct {
//		To     [32]byte
//		Amount num.U128 `scale:"compact"`
//		Memo   scale.Option[string]
//	}
//
// The fields of a struct are encoded in order, the embedded ones too. Any other marked type is encoded as its
// underlying type. Parts may have these types:
//
//   - bool, string, and integers of a fixed size; those of package num; not int, uint, uintptr, nor floating-point
//     numbers
//   - slices, arrays, and pointers: a pointer is encoded as what it points to, and must not be nil
//   - maps whose keys are numbers, strings or arrays of bytes: entries in the order of keys
//   - [Option], [Result], [Map], [Set], [BitSequence] and struct{}
//   - types that are marked, and types that declare both methods, also those of other packages
//   - other declared types that are neither structs nor interfaces: as their underlying type
//
// Tags of fields change that:
//
//	scale:"compact"     an unsigned integer in compact form
//	scale:"view"        a slice of bytes that is decoded as a view of the input
//	scale:"optionbool"  an Option[bool] in the form of one byte
//	scale:"-"           not encoded, and left alone by decoding
//
// A generic type that is marked gets functions instead, which take one function for each type parameter:
//
//	//polkago:scale
//	type Pair[A, B any] struct {
//		First  A
//		Second B
//	}
//
//	func AppendPair[A, B any](b []byte, v *Pair[A, B], putA scale.Put[A], putB scale.Put[B]) []byte
//	func DecodePair[A, B any](v *Pair[A, B], d *scale.Decoder, getA scale.Get[A], getB scale.Get[B])
//	func SizePair[A, B any](v *Pair[A, B], sizeA scale.Size[A], sizeB scale.Size[B]) int
//
// # Enumerations
//
// An integer type is encoded as one byte, and only the package constants of that type are decoded:
//
//	//polkago:scale enum
//	type Phase uint8
//
// Variants with fields are the types that implement an interface of the same package; each says its index. Either the
// type or the pointer to it implements the interface, and decoding gives what does:
//
//	//polkago:scale enum
//	type Call interface{ isCall() }
//
//	//polkago:scale Call 0
//	type Remark struct{ Text []byte }
//
//	func (Remark) isCall() {}
//
// The interface gets functions; AppendCall and SizeCall panic for nil and for values of other types:
//
//	func AppendCall(b []byte, v Call) []byte
//	func DecodeCall(d *scale.Decoder) Call
//	func PutCall(v *Call, b []byte) []byte
//	func GetCall(v *Call, d *scale.Decoder)
//	func SizeCall(v Call) int
//
// The functions of types that are not exported are not either: appendCall.
//
// # Lengths
//
// Generated Size functions add up lengths and allocate nothing, with one exception: a part whose methods are written by
// hand, without SizeSCALE, is encoded to see how long it is.
//
// # Limits of generated decoders
//
// Lengths of sequences are checked against what is left of the input and the least size of an element, where types with
// methods written by hand and type parameters count as one byte. Of types that can contain themselves the nesting is
// limited ([Decoder.SetMaxDepth]); where enumerations are among them it is theirs that counts. What is allocated is
// counted ([Decoder.SetMemoryLimit]).
//
// Marked types stand in files that belong to every build, since the generated file has no build constraint; of others
// "polkago generate" warns. Test files take no part.
package scale

// A Put function appends the encoding of a value to a byte slice.
type Put[T any] = func(v *T, b []byte) []byte

// A Size function returns the length of the encoding of a value.
type Size[T any] = func(v *T) int

// A Get function decodes a value from a decoder. After an error of the decoder the value has no meaning.
type Get[T any] = func(v *T, d *Decoder)

// Encoder is implemented by types that can be encoded.
type Encoder interface {
	// AppendSCALE appends the encoding to b and returns the longer slice.
	AppendSCALE(b []byte) []byte
}

// Sized is implemented by pointers to types that also tell how long their encoding is.
type Sized interface {
	Encoder
	// SizeSCALE returns the length of what AppendSCALE appends.
	SizeSCALE() int
}

// Decodable is implemented by pointers to types that can be decoded.
type Decodable interface {
	// DecodeSCALE decodes a value from d, which keeps the error if there is one.
	DecodeSCALE(d *Decoder)
}

// Marshal returns the encoding of v.
func Marshal(v Encoder) []byte { return v.AppendSCALE(nil) }

// MarshalSized returns the encoding of v, for which it allocates once.
func MarshalSized(v Sized) []byte { return v.AppendSCALE(make([]byte, 0, v.SizeSCALE())) }

// Unmarshal decodes v from data, all of which must be used.
func Unmarshal(data []byte, v Decodable) error {
	d := Decoder{data: data}
	v.DecodeSCALE(&d)
	return d.Finish()
}
