package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"polkago.dev/sdk/num"
	"polkago.dev/sdk/scale"
)

// A codec is how values of one type are read from the vectors, encoded and decoded.
type codec interface {
	// fromJSON reads a value as the vectors write it.
	fromJSON(text json.RawMessage) (any, error)
	encode(v any) []byte
	decode(d *scale.Decoder) any
}

// of is a codec of T.
type of[T any] struct {
	read func(text json.RawMessage) (T, error)
	put  scale.Put[T]
	get  scale.Get[T]
}

func (c of[T]) fromJSON(text json.RawMessage) (any, error) { return c.read(text) }

func (c of[T]) encode(v any) []byte {
	x := v.(T)
	return c.put(&x, nil)
}

func (c of[T]) decode(d *scale.Decoder) any {
	var x T
	c.get(&x, d)
	return x
}

// codecs are the codecs of the vectors, by the names of the types there.
var codecs = map[string]codec{
	"u8":                    of[uint8]{unsigned[uint8](8), scale.PutU8, scale.GetU8},
	"u16":                   of[uint16]{unsigned[uint16](16), scale.PutU16, scale.GetU16},
	"u32":                   of[uint32]{unsigned[uint32](32), scale.PutU32, scale.GetU32},
	"u64":                   of[uint64]{unsigned[uint64](64), scale.PutU64, scale.GetU64},
	"u128":                  of[num.U128]{parsed(num.ParseU128), scale.PutU128, scale.GetU128},
	"i8":                    of[int8]{signed[int8](8), scale.PutI8, scale.GetI8},
	"i16":                   of[int16]{signed[int16](16), scale.PutI16, scale.GetI16},
	"i32":                   of[int32]{signed[int32](32), scale.PutI32, scale.GetI32},
	"i64":                   of[int64]{signed[int64](64), scale.PutI64, scale.GetI64},
	"i128":                  of[num.I128]{parsed(num.ParseI128), scale.PutI128, scale.GetI128},
	"compact<u8>":           of[uint8]{unsigned[uint8](8), scale.PutCompactU8, scale.GetCompactU8},
	"compact<u16>":          of[uint16]{unsigned[uint16](16), scale.PutCompactU16, scale.GetCompactU16},
	"compact<u32>":          of[uint32]{unsigned[uint32](32), scale.PutCompactU32, scale.GetCompactU32},
	"compact<u64>":          of[uint64]{unsigned[uint64](64), scale.PutCompactU64, scale.GetCompactU64},
	"compact<u128>":         of[num.U128]{parsed(num.ParseU128), scale.PutCompactU128, scale.GetCompactU128},
	"bool":                  of[bool]{plain[bool], scale.PutBool, scale.GetBool},
	"string":                of[string]{plain[string], scale.PutString, scale.GetString},
	"bytes":                 of[[]byte]{readBytes, scale.PutBytes, scale.GetBytes},
	"array<u8;4>":           of[[4]byte]{readArray4, putArray4, getArray4},
	"option<u32>":           option(unsigned[uint32](32), scale.PutU32, scale.GetU32),
	"option<bool>":          option(plain[bool], scale.PutBool, scale.GetBool),
	"vec<u16>":              slice(2, plain[uint16], scale.PutU16, scale.GetU16),
	"vec<string>":           slice(1, plain[string], scale.PutString, scale.GetString),
	"tuple(u8,string,bool)": of[tuple]{readTuple, (*tuple).AppendSCALE, (*tuple).DecodeSCALE},
	"map<u32,string>": of[scale.Map[uint32, string]]{readMap,
		func(v *scale.Map[uint32, string], b []byte) []byte {
			return scale.AppendMap(b, *v, scale.PutU32, scale.PutString)
		},
		func(v *scale.Map[uint32, string], d *scale.Decoder) {
			*v = scale.DecodeMap(d, 5, scale.GetU32, scale.GetString)
		}},
	"result<u8,string>": of[scale.Result[uint8, string]]{readResult,
		func(v *scale.Result[uint8, string], b []byte) []byte {
			return scale.AppendResult(b, *v, scale.PutU8, scale.PutString)
		},
		func(v *scale.Result[uint8, string], d *scale.Decoder) {
			*v = scale.DecodeResult(d, scale.GetU8, scale.GetString)
		}},
	"enum Shape{0:Empty,1:Circle(u32),2:Rect{w:u16,h:u16},9:Named(string)}": of[shape]{readShape, putShape, getShape},
	"struct Transfer{from:array<u8;32>,to:option<array<u8;4>>,value:compact<u128>,memo:string,ok:bool}": of[transfer]{
		readTransfer, (*transfer).AppendSCALE, (*transfer).DecodeSCALE},
}

// Numbers on their own stand in strings, so that no width is lost.

func unsigned[T uint8 | uint16 | uint32 | uint64](width int) func(json.RawMessage) (T, error) {
	return parsed(func(s string) (T, error) {
		v, err := strconv.ParseUint(s, 10, width)
		return T(v), err
	})
}

func signed[T int8 | int16 | int32 | int64](width int) func(json.RawMessage) (T, error) {
	return parsed(func(s string) (T, error) {
		v, err := strconv.ParseInt(s, 10, width)
		return T(v), err
	})
}

func parsed[T any](parse func(string) (T, error)) func(json.RawMessage) (T, error) {
	return func(text json.RawMessage) (v T, err error) {
		s, err := plain[string](text)
		if err != nil {
			return v, err
		}
		return parse(s)
	}
}

// plain reads what JSON writes as Go does.
func plain[T any](text json.RawMessage) (v T, err error) {
	err = json.Unmarshal(text, &v)
	return v, err
}

// readBytes reads bytes in hexadecimal. No bytes are nil, as the decoder gives them.
func readBytes(text json.RawMessage) ([]byte, error) {
	s, err := plain[string](text)
	if err != nil || s == "" {
		return nil, err
	}
	return hex.DecodeString(s)
}

func readArray(text json.RawMessage, dst []byte) error {
	b, err := readBytes(text)
	if err == nil && len(b) != len(dst) {
		err = fmt.Errorf("%d bytes for an array of %d", len(b), len(dst))
	}
	copy(dst, b)
	return err
}

func readArray4(text json.RawMessage) (v [4]byte, err error) {
	err = readArray(text, v[:])
	return v, err
}

func putArray4(v *[4]byte, b []byte) []byte                 { return append(b, v[:]...) }
func getArray4(v *[4]byte, d *scale.Decoder)                { d.Fixed(v[:]) }
func isNull(text json.RawMessage) bool                      { return string(text) == "null" }
func lists(text json.RawMessage) ([]json.RawMessage, error) { return plain[[]json.RawMessage](text) }

func readOption[T any](text json.RawMessage, read func(json.RawMessage) (T, error)) (scale.Option[T], error) {
	if isNull(text) {
		return scale.None[T](), nil
	}
	v, err := read(text)
	return scale.Some(v), err
}

func option[T any](read func(json.RawMessage) (T, error), put scale.Put[T], get scale.Get[T]) codec {
	return of[scale.Option[T]]{
		func(text json.RawMessage) (scale.Option[T], error) { return readOption(text, read) },
		func(v *scale.Option[T], b []byte) []byte { return scale.AppendOption(b, *v, put) },
		func(v *scale.Option[T], d *scale.Decoder) { *v = scale.DecodeOption(d, get) },
	}
}

func slice[T any](minSize int, read func(json.RawMessage) (T, error), put scale.Put[T], get scale.Get[T]) codec {
	return of[[]T]{
		func(text json.RawMessage) (v []T, err error) {
			parts, err := lists(text)
			for _, part := range parts {
				if err == nil {
					var x T
					x, err = read(part)
					v = append(v, x)
				}
			}
			return v, err
		},
		func(v *[]T, b []byte) []byte { return scale.AppendSlice(b, *v, put) },
		func(v *[]T, d *scale.Decoder) { *v = scale.DecodeSlice(d, minSize, get) },
	}
}

func readMap(text json.RawMessage) (m scale.Map[uint32, string], err error) {
	entries, err := lists(text)
	if err != nil {
		return m, err
	}
	for _, entry := range entries {
		parts, err := lists(entry)
		if err != nil || len(parts) != 2 {
			return m, fmt.Errorf("entry %s", entry)
		}
		key, err1 := unsigned[uint32](32)(parts[0])
		value, err2 := plain[string](parts[1])
		if err1 != nil || err2 != nil {
			return m, fmt.Errorf("entry %s", entry)
		}
		m.Set(key, value)
	}
	return m, nil
}

func readResult(text json.RawMessage) (r scale.Result[uint8, string], err error) {
	form, err := plain[struct {
		Ok  json.RawMessage
		Err *string
	}](text)
	if err != nil || form.Err != nil {
		if form.Err != nil {
			r = scale.Err[uint8](*form.Err)
		}
		return r, err
	}
	v, err := unsigned[uint8](8)(form.Ok)
	return scale.Ok[uint8, string](v), err
}
