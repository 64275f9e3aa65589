package scale

import (
	"math/bits"
	"strconv"

	"polkago.dev/sdk/num"
)

// Compact integers (Polkadot specification, definition "SCALE Length and Compact Encoding"): the two lowest bits of
// the first byte tell the form. 0, 1 and 2 stand for a number of 6, 14 and 30 bits in 1, 2 and 4 bytes; 3 for a
// number in as many bytes as the other six bits say, less four.

// The numbers below these take 1, 2 and 4 bytes.
const (
	compact1 = 1 << 6
	compact2 = 1 << 14
	compact4 = 1 << 30
)

// AppendCompactU8 appends a compact integer.
func AppendCompactU8(b []byte, v uint8) []byte { return AppendCompactU32(b, uint32(v)) }

// AppendCompactU16 appends a compact integer.
func AppendCompactU16(b []byte, v uint16) []byte { return AppendCompactU32(b, uint32(v)) }

// AppendCompactU32 appends a compact integer.
func AppendCompactU32(b []byte, v uint32) []byte {
	switch {
	case v < compact1:
		return append(b, byte(v)<<2)
	case v < compact2:
		return AppendU16(b, uint16(v)<<2|1)
	case v < compact4:
		return AppendU32(b, v<<2|2)
	}
	return AppendU32(append(b, 3), v)
}

// AppendCompactU64 appends a compact integer.
func AppendCompactU64(b []byte, v uint64) []byte {
	if v < compact4 {
		return AppendCompactU32(b, uint32(v))
	}
	return appendBig(b, num.U256{v})
}

// AppendCompactU128 appends a compact integer.
func AppendCompactU128(b []byte, v num.U128) []byte {
	if v.Hi == 0 {
		return AppendCompactU64(b, v.Lo)
	}
	return appendBig(b, num.U256FromU128(v))
}

// AppendCompactU256 appends a compact integer.
func AppendCompactU256(b []byte, v num.U256) []byte {
	if v[1]|v[2]|v[3] == 0 {
		return AppendCompactU64(b, v[0])
	}
	return appendBig(b, v)
}

// appendBig appends a number of at least 30 bits with as many bytes as it needs.
func appendBig(b []byte, v num.U256) []byte {
	n := max((v.BitLen()+7)/8, 4)
	b = append(b, byte(n-4)<<2|3)
	for i := range n {
		b = append(b, byte(v[i/8]>>(i%8*8)))
	}
	return b
}

// SizeCompactU8 returns the length of the encoding of a compact integer.
func SizeCompactU8(v uint8) int { return SizeCompactU64(uint64(v)) }

// SizeCompactU16 returns the length of the encoding of a compact integer.
func SizeCompactU16(v uint16) int { return SizeCompactU64(uint64(v)) }

// SizeCompactU32 returns the length of the encoding of a compact integer.
func SizeCompactU32(v uint32) int { return SizeCompactU64(uint64(v)) }

// SizeCompactU64 returns the length of the encoding of a compact integer.
func SizeCompactU64(v uint64) int {
	switch {
	case v < compact1:
		return 1
	case v < compact2:
		return 2
	case v < compact4:
		return 4
	}
	return 1 + max((bits.Len64(v)+7)/8, 4)
}

// SizeCompactU128 returns the length of the encoding of a compact integer.
func SizeCompactU128(v num.U128) int { return SizeCompactU256(num.U256FromU128(v)) }

// SizeCompactU256 returns the length of the encoding of a compact integer.
func SizeCompactU256(v num.U256) int {
	if small, ok := v.Uint64(); ok {
		return SizeCompactU64(small)
	}
	return 1 + (v.BitLen()+7)/8
}

// CompactU8 reads a compact integer.
func (d *Decoder) CompactU8() uint8 { return uint8(d.compactSmall(8)) }

// CompactU16 reads a compact integer.
func (d *Decoder) CompactU16() uint16 { return uint16(d.compactSmall(16)) }

// CompactU32 reads a compact integer.
func (d *Decoder) CompactU32() uint32 { return uint32(d.compactSmall(32)) }

// CompactU64 reads a compact integer.
func (d *Decoder) CompactU64() uint64 { return d.compactSmall(64) }

// CompactU128 reads a compact integer.
func (d *Decoder) CompactU128() num.U128 {
	if small, ok := d.compactByte(); ok {
		return num.U128From(small)
	}
	v, _ := d.compact(128).U128()
	return v
}

// CompactU256 reads a compact integer.
func (d *Decoder) CompactU256() num.U256 { return d.compact(256) }

// compactSmall reads a compact integer of at most width bits, 64 at most.
func (d *Decoder) compactSmall(width int) uint64 {
	if small, ok := d.compactByte(); ok {
		return small
	}
	v, _ := d.compact(width).Uint64()
	return v
}

// compactByte reads a compact integer that is one byte long, or nothing. Most are: this is all of the work then.
func (d *Decoder) compactByte() (v uint64, ok bool) {
	if d.err == nil && d.off < len(d.data) {
		if first := d.data[d.off]; first&3 == 0 {
			d.off++
			return uint64(first >> 2), true
		}
	}
	return 0, false
}

// compact reads a compact integer of at most width bits.
func (d *Decoder) compact(width int) num.U256 {
	at := d.off
	first := d.U8()
	var v num.U256
	shortest := true
	switch first & 3 {
	case 0:
		v[0] = uint64(first >> 2)
	case 1:
		v[0] = uint64(first>>2) | uint64(d.U8())<<6
		shortest = v[0] >= compact1
	case 2:
		b := d.View(3)
		if b == nil {
			return num.U256{}
		}
		v[0] = uint64(first>>2) | uint64(b[0])<<6 | uint64(b[1])<<14 | uint64(b[2])<<22
		shortest = v[0] >= compact2
	case 3:
		n := int(first>>2) + 4
		if n*8 > max(width, 32) {
			d.fail(OutOfRange, at, strconv.Itoa(n)+" bytes for "+strconv.Itoa(width)+" bits")
			return num.U256{}
		}
		b := d.View(n)
		if b == nil {
			return num.U256{}
		}
		for i, x := range b {
			v[i/8] |= uint64(x) << (i % 8 * 8)
		}
		shortest = b[n-1] != 0 && (n > 4 || v[0] >= compact4)
	}
	if d.err != nil {
		return num.U256{}
	}
	if !shortest {
		d.fail(NotCanonical, at, "a shorter form of "+v.String()+" exists")
		return num.U256{}
	}
	if v.BitLen() > width {
		d.fail(OutOfRange, at, v.String()+" for "+strconv.Itoa(width)+" bits")
		return num.U256{}
	}
	return v
}
