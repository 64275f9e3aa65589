package scale

import "polkago.dev/sdk/num"

// AppendU8 appends a byte.
func AppendU8(b []byte, v uint8) []byte { return append(b, v) }

// AppendU16 appends 2 bytes, least significant first.
func AppendU16(b []byte, v uint16) []byte { return append(b, byte(v), byte(v>>8)) }

// AppendU32 appends 4 bytes, least significant first.
func AppendU32(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}

// AppendU64 appends 8 bytes, least significant first.
func AppendU64(b []byte, v uint64) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24),
		byte(v>>32), byte(v>>40), byte(v>>48), byte(v>>56))
}

// AppendI8 appends a byte in two's complement.
func AppendI8(b []byte, v int8) []byte { return append(b, byte(v)) }

// AppendI16 appends 2 bytes in two's complement, least significant first.
func AppendI16(b []byte, v int16) []byte { return AppendU16(b, uint16(v)) }

// AppendI32 appends 4 bytes in two's complement, least significant first.
func AppendI32(b []byte, v int32) []byte { return AppendU32(b, uint32(v)) }

// AppendI64 appends 8 bytes in two's complement, least significant first.
func AppendI64(b []byte, v int64) []byte { return AppendU64(b, uint64(v)) }

// AppendU128 appends 16 bytes, least significant first.
func AppendU128(b []byte, v num.U128) []byte { return AppendU64(AppendU64(b, v.Lo), v.Hi) }

// AppendI128 appends 16 bytes in two's complement, least significant first.
func AppendI128(b []byte, v num.I128) []byte { return AppendI64(AppendU64(b, v.Lo), v.Hi) }

// AppendU256 appends 32 bytes, least significant first.
func AppendU256(b []byte, v num.U256) []byte {
	for _, w := range v {
		b = AppendU64(b, w)
	}
	return b
}

// AppendI256 appends 32 bytes in two's complement, least significant first.
func AppendI256(b []byte, v num.I256) []byte { return AppendU256(b, num.U256(v)) }

// AppendBool appends 1 for true and 0 for false.
func AppendBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

// AppendLen appends the length of a sequence. A sequence has fewer than 2^32 elements.
func AppendLen(b []byte, n int) []byte { return AppendCompactU32(b, uint32(n)) }

// AppendBytes appends a sequence of bytes: its length and the bytes.
func AppendBytes(b, v []byte) []byte {
	return append(AppendLen(room(b, SizeBytes(v)), len(v)), v...)
}

// AppendString appends a string as a sequence of bytes. The caller answers for valid UTF-8.
func AppendString(b []byte, v string) []byte {
	return append(AppendLen(room(b, SizeString(v)), len(v)), v...)
}

// room returns b with room for n more bytes, so that a length and what follows it need one allocation.
func room(b []byte, n int) []byte {
	need := len(b) + n
	if need <= cap(b) {
		return b
	}
	grown := make([]byte, len(b), max(need, 2*cap(b)))
	copy(grown, b)
	return grown
}

// SizeBytes returns the length of the encoding of a sequence of bytes.
func SizeBytes(v []byte) int { return SizeLen(len(v)) + len(v) }

// SizeString returns the length of the encoding of a string.
func SizeString(v string) int { return SizeLen(len(v)) + len(v) }

// SizeLen returns the length of the encoding of the length of a sequence.
func SizeLen(n int) int { return SizeCompactU64(uint64(n)) }
