package scale

import (
	"strconv"
	"unicode/utf8"

	"polkago.dev/sdk/num"
)

// DefaultMaxDepth is how deeply values may be nested in each other unless [Decoder.SetMaxDepth] says otherwise. It
// is what Polkadot's own decoder allows for calls and extrinsics.
const DefaultMaxDepth = 256

// A Decoder reads values from the front of a byte slice. The zero value is a decoder without input.
//
// It keeps the first error; every later read gives a zero value and changes nothing.
type Decoder struct {
	data     []byte
	off      int
	err      *Error
	depth    int
	maxDepth int // 0: DefaultMaxDepth
	memory   int // bytes that may still be allocated, if limited
	limited  bool
}

// NewDecoder returns a decoder that reads data. It does not copy: data must not change while values are views of it.
func NewDecoder(data []byte) *Decoder { return &Decoder{data: data} }

// SetMaxDepth sets how deeply values may be nested in each other.
func (d *Decoder) SetMaxDepth(n int) { d.maxDepth = n }

// SetMemoryLimit sets how many bytes the decoded values may take in all beyond their own size, for input that
// cannot be trusted: a short encoding may stand for a much larger value, such as a sequence of empty options.
func (d *Decoder) SetMemoryLimit(bytes int) { d.memory, d.limited = bytes, true }

// Err returns the first error, or nil.
func (d *Decoder) Err() error {
	if d.err == nil {
		return nil
	}
	return d.err
}

// Failed reports whether there is an error.
func (d *Decoder) Failed() bool { return d.err != nil }

// Finish returns the first error. Bytes left over are one.
func (d *Decoder) Finish() error {
	if d.err == nil && d.off != len(d.data) {
		d.fail(Trailing, d.off, strconv.Itoa(len(d.data)-d.off)+" of them")
	}
	return d.Err()
}

// Offset returns the number of bytes read.
func (d *Decoder) Offset() int { return d.off }

// Remaining returns the number of bytes not read yet.
func (d *Decoder) Remaining() int { return len(d.data) - d.off }

// Rest returns the bytes not read yet, and reads them. They are a view of the input.
func (d *Decoder) Rest() []byte { return d.View(d.Remaining()) }

// Fail notes that the value read last breaks a rule of its own type. offset is that of the value; the first error
// stays.
func (d *Decoder) Fail(offset int, detail string) { d.fail(Invalid, offset, detail) }

func (d *Decoder) fail(kind Kind, offset int, detail string) {
	if d.err == nil {
		d.err = &Error{Kind: kind, Offset: offset, Detail: detail}
	}
}

// In puts the name of a field or type before the path of the error. Whoever decodes a structure calls it for the
// field in which [Decoder.Failed] became true.
func (d *Decoder) In(name string) {
	if d.err != nil {
		d.err.Path = join(name, d.err.Path)
	}
}

// InElement is like [Decoder.In] for an element of a sequence.
func (d *Decoder) InElement(i int) {
	if d.err != nil {
		d.err.Path = join("["+strconv.Itoa(i)+"]", d.err.Path)
	}
}

// Enter notes that a value is read which may contain others of its own type. It reports whether the limit still
// allows it; then [Decoder.Leave] must follow.
func (d *Decoder) Enter() bool {
	most := d.maxDepth
	if most == 0 {
		most = DefaultMaxDepth
	}
	if d.depth >= most {
		d.fail(TooDeep, d.off, "more than "+strconv.Itoa(most)+" levels")
	}
	if d.err != nil {
		return false
	}
	d.depth++
	return true
}

// Leave notes the end of a value for which [Decoder.Enter] reported true.
func (d *Decoder) Leave() { d.depth-- }

// allocate notes that memory is going to be allocated and reports whether that is allowed.
func (d *Decoder) allocate(bytes int) bool {
	if !d.limited {
		return true
	}
	// What an allocator makes of it: it may add a word or two, and rounds sizes up, by a quarter at most.
	if more := bytes/4 + 16; bytes <= d.memory && more <= d.memory-bytes {
		d.memory -= bytes + more
		return true
	}
	d.fail(TooMuchMemory, d.off, strconv.Itoa(bytes)+" bytes")
	return false
}

// Reserve notes that a decoder of one's own is going to allocate memory for a T, and reports whether the limit of
// [Decoder.SetMemoryLimit] allows it. If not it is an error.
func Reserve[T any](d *Decoder) bool { return d.allocate(sizeOf[T]()) }

// View returns the next n bytes. They are a view of the input: they are not copied, and keep it alive. After an
// error it returns nil.
func (d *Decoder) View(n int) []byte {
	if d.err != nil {
		return nil
	}
	if n < 0 || n > len(d.data)-d.off {
		d.fail(Truncated, len(d.data), strconv.Itoa(n)+" bytes wanted at offset "+strconv.Itoa(d.off))
		return nil
	}
	b := d.data[d.off : d.off+n : d.off+n]
	d.off += n
	return b
}

// Fixed fills dst with the next bytes: how arrays of bytes are encoded.
func (d *Decoder) Fixed(dst []byte) { copy(dst, d.View(len(dst))) }

// U8 reads a byte.
func (d *Decoder) U8() uint8 {
	if d.err == nil && d.off < len(d.data) {
		v := d.data[d.off]
		d.off++
		return v
	}
	d.View(1)
	return 0
}

// U16 reads 2 bytes, least significant first.
func (d *Decoder) U16() uint16 {
	b := d.View(2)
	if b == nil {
		return 0
	}
	return uint16(b[0]) | uint16(b[1])<<8
}

// U32 reads 4 bytes, least significant first.
func (d *Decoder) U32() uint32 {
	b := d.View(4)
	if b == nil {
		return 0
	}
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// U64 reads 8 bytes, least significant first.
func (d *Decoder) U64() uint64 {
	b := d.View(8)
	if b == nil {
		return 0
	}
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// I8 reads a byte in two's complement.
func (d *Decoder) I8() int8 { return int8(d.U8()) }

// I16 reads 2 bytes in two's complement, least significant first.
func (d *Decoder) I16() int16 { return int16(d.U16()) }

// I32 reads 4 bytes in two's complement, least significant first.
func (d *Decoder) I32() int32 { return int32(d.U32()) }

// I64 reads 8 bytes in two's complement, least significant first.
func (d *Decoder) I64() int64 { return int64(d.U64()) }

// U128 reads 16 bytes, least significant first.
func (d *Decoder) U128() num.U128 {
	lo := d.U64()
	return num.U128{Lo: lo, Hi: d.U64()}
}

// I128 reads 16 bytes in two's complement, least significant first.
func (d *Decoder) I128() num.I128 {
	lo := d.U64()
	return num.I128{Lo: lo, Hi: d.I64()}
}

// U256 reads 32 bytes, least significant first.
func (d *Decoder) U256() (v num.U256) {
	for i := range v {
		v[i] = d.U64()
	}
	return v
}

// I256 reads 32 bytes in two's complement, least significant first.
func (d *Decoder) I256() num.I256 { return num.I256(d.U256()) }

// Bool reads a byte that is 0 or 1.
func (d *Decoder) Bool() bool { return d.Tag(2) == 1 }

// Tag reads a byte that must be below n: the tag of a value with n forms numbered from 0.
func (d *Decoder) Tag(n int) uint8 {
	at := d.off
	v := d.U8()
	if int(v) >= n {
		d.BadTag(at, v)
		return 0
	}
	return v
}

// BadTag notes that the byte at offset is no tag of its type.
func (d *Decoder) BadTag(offset int, tag uint8) {
	d.fail(BadTag, offset, strconv.Itoa(int(tag)))
}

// Len reads the length of a sequence whose elements take at least minSize bytes each. A length that the rest of the
// input cannot hold is an error. Of elements without bytes there may be at most [MaxEmptyElements].
func (d *Decoder) Len(minSize int) int {
	at := d.off
	n := d.CompactU32()
	most := uint32(MaxEmptyElements)
	if minSize > 0 {
		most = uint32(d.Remaining() / minSize)
	}
	if n > most {
		d.fail(TooLong, at, strconv.FormatUint(uint64(n), 10)+" elements")
		return 0
	}
	return int(n)
}

// MaxEmptyElements is how many elements a sequence may have whose elements take no bytes, so that a few bytes of
// input cannot keep a decoder busy.
const MaxEmptyElements = 1 << 16

// BytesView reads a sequence of bytes. They are a view of the input: they are not copied, and keep it alive.
func (d *Decoder) BytesView() []byte { return d.View(d.Len(1)) }

// Bytes reads a sequence of bytes into memory of its own. An empty one is nil.
func (d *Decoder) Bytes() []byte {
	view := d.BytesView()
	if len(view) == 0 || !d.allocate(len(view)) {
		return nil
	}
	return append([]byte(nil), view...)
}

// String reads a string: a sequence of bytes that is valid UTF-8.
func (d *Decoder) String() string {
	at := d.off
	view := d.BytesView()
	if !utf8.Valid(view) {
		d.fail(BadUTF8, at, "")
		return ""
	}
	if len(view) == 0 || !d.allocate(len(view)) {
		return ""
	}
	return string(view)
}
