package scale

// A BitSequence is a sequence of bits, packed into bytes from the lowest bit of the first byte on. It is what the
// reference implementation calls BitVec<u8, Lsb0>. Its zero value is empty.
type BitSequence struct {
	n     int
	bytes []byte
}

// BitSequenceOf returns a sequence of the given bits.
func BitSequenceOf(bits ...bool) BitSequence {
	s := BitSequence{bytes: make([]byte, 0, (len(bits)+7)/8)}
	for _, bit := range bits {
		s.Append(bit)
	}
	return s
}

// Len returns the number of bits.
func (s *BitSequence) Len() int { return s.n }

// Bit returns a bit. It panics if i is out of range.
func (s *BitSequence) Bit(i int) bool {
	s.check(i)
	return s.bytes[i/8]>>(i%8)&1 != 0
}

// SetBit sets a bit. It panics if i is out of range.
func (s *BitSequence) SetBit(i int, bit bool) {
	s.check(i)
	mask := byte(1) << (i % 8)
	s.bytes[i/8] &^= mask
	if bit {
		s.bytes[i/8] |= mask
	}
}

func (s *BitSequence) check(i int) {
	if uint(i) >= uint(s.n) {
		panic("scale: bit index out of range")
	}
}

// Append adds a bit at the end.
func (s *BitSequence) Append(bit bool) {
	if s.n%8 == 0 {
		s.bytes = append(s.bytes, 0)
	}
	s.n++
	s.SetBit(s.n-1, bit)
}

// AppendBits appends the number of bits and the bytes that hold them.
func AppendBits(b []byte, s BitSequence) []byte { return append(AppendLen(b, s.n), s.bytes...) }

// SizeBits returns the length of the encoding of a sequence of bits.
func SizeBits(s BitSequence) int { return SizeLen(s.n) + len(s.bytes) }

// maxBits is the largest number of bits that the reference implementation takes.
const maxBits = 1<<29 - 1

// Bits reads a sequence of bits. As in the reference implementation, bits of the last byte that do not belong to it
// are passed over.
func (d *Decoder) Bits() BitSequence {
	at := d.off
	n := d.CompactU32()
	if n > maxBits {
		d.fail(TooLong, at, "more bits than a sequence may have")
		return BitSequence{}
	}
	view := d.View((int(n) + 7) / 8)
	if view == nil || n == 0 || !d.allocate(len(view)) {
		return BitSequence{}
	}
	bytes := append([]byte(nil), view...)
	if n%8 != 0 {
		bytes[len(bytes)-1] &= 1<<(n%8) - 1
	}
	return BitSequence{int(n), bytes}
}

// PutBits appends *v as [AppendBits] does.
func PutBits(v *BitSequence, b []byte) []byte { return AppendBits(b, *v) }

// GetBits reads *v as [Decoder.Bits] does.
func GetBits(v *BitSequence, d *Decoder) { *v = d.Bits() }
