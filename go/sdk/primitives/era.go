package primitives

import (
	"math"
	"math/bits"

	"polkago.dev/sdk/scale"
)

// An Era is the span of blocks in which a transaction is valid. Its zero value is immortal: valid forever.
//
// Time is divided into spans of Period blocks, the first of which begins at block Phase. A transaction is valid in
// the span in which it was signed. What is signed includes the hash of the span's first block, so that it is invalid
// on another fork (reference implementation, sp_runtime::generic::Era).
type Era struct {
	// Period is a power of two from 4 to 65,536, or 0 in an immortal era.
	Period uint32
	// Phase is less than Period, and a multiple of Period/4096 where that is more than 1.
	Phase uint32
}

// MortalEra returns the era of about period blocks that contains the current one. The period is rounded up to a
// power of two within the limits of [Era].
func MortalEra(period uint32, current BlockNumber) Era {
	const longest = 1 << 16
	if period = min(max(period, 4), longest); period&(period-1) != 0 {
		period = 1 << bits.Len32(period)
	}
	factor := max(period>>12, 1)
	return Era{period, current % period / factor * factor}
}

// IsImmortal reports whether transactions of the era are valid forever.
func (e Era) IsImmortal() bool { return e.Period == 0 }

// Birth returns the first block of the span that contains the current one; 0 in an immortal era.
func (e Era) Birth(current BlockNumber) BlockNumber {
	if e.Period == 0 {
		return 0
	}
	return (max(current, e.Phase)-e.Phase)/e.Period*e.Period + e.Phase
}

// Death returns the first block behind the span that contains the current one; the largest number in an immortal
// era.
func (e Era) Death(current BlockNumber) uint64 {
	if e.Period == 0 {
		return math.MaxUint64
	}
	return uint64(e.Birth(current)) + uint64(e.Period)
}

// AppendSCALE appends one byte for an immortal era, otherwise two: the period's logarithm and the phase in parts of
// the period.
func (e *Era) AppendSCALE(b []byte) []byte {
	if e.Period == 0 {
		return append(b, 0)
	}
	log := uint16(bits.TrailingZeros32(e.Period))
	return scale.AppendU16(b, max(log, 2)-1|uint16(e.Phase/max(e.Period>>12, 1))<<4)
}

// SizeSCALE returns the length of the encoding.
func (e *Era) SizeSCALE() int {
	if e.Period == 0 {
		return 1
	}
	return 2
}

// DecodeSCALE reads an era whose phase is within its period.
func (e *Era) DecodeSCALE(d *scale.Decoder) {
	at := d.Offset()
	first := d.U8()
	if first == 0 {
		*e = Era{}
		return
	}
	encoded := uint32(first) | uint32(d.U8())<<8
	period := uint32(2) << (encoded & 15)
	phase := encoded >> 4 * max(period>>12, 1)
	if period < 4 || phase >= period {
		d.Fail(at, "era with this period and phase")
		return
	}
	*e = Era{period, phase}
}
