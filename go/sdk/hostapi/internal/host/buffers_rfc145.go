//go:build wasm && polkadot && polkago_rfc145

package host

import "polkago.dev/sdk/hostapi"

// Results in buffers of the runtime (RFC-145).

// Absent is an optional number or span that is not there.
const Absent = ^uint64(0)

// guess is the length of a buffer where the length of the result is not known: most results fit.
const guess = 128

// Read returns a value that read writes into a buffer, as much of it as fits. read returns the value's whole length,
// or [Absent].
func Read(read func(out uint64, offset uint32) uint64) ([]byte, bool) {
	var few [guess]byte
	n := read(Bytes(few[:]), 0)
	if n == Absent {
		return nil, false
	}
	value := make([]byte, n)
	if from := copy(value, few[:]); from < len(value) {
		read(Bytes(value[from:]), uint32(from))
	}
	return value, true
}

// ReadFrom returns how many bytes there are from an offset on of a value whose whole length is n, or [Absent].
func ReadFrom(n uint64, offset uint32) (uint32, bool) {
	if n == Absent {
		return 0, false
	}
	return uint32(max(n, uint64(offset)) - uint64(offset)), true
}

// ReadOptional returns bytes that write puts into a buffer if it has room for all of them. write returns their number,
// or [Absent].
func ReadOptional(write func(out uint64) uint64) ([]byte, bool) {
	var few [guess]byte
	n := write(Bytes(few[:]))
	if n == Absent {
		return nil, false
	}
	b := make([]byte, n)
	if n <= guess {
		copy(b, few[:])
	} else {
		write(Bytes(b))
	}
	return b, true
}

// ReadWhole is ReadOptional where no bytes stand for none too.
func ReadWhole(write func(out uint64) uint64) ([]byte, bool) {
	if b, ok := ReadOptional(write); ok && len(b) != 0 {
		return b, true
	}
	return nil, false
}

// Limit passes an optional number for which [hostapi.NoLimit] stands for none.
func Limit(limit uint32) uint64 {
	if limit == hostapi.NoLimit {
		return Absent
	}
	return uint64(limit)
}

// OptionBytes passes an optional sequence of bytes: nil stands for none.
func OptionBytes(b []byte) uint64 {
	if b == nil {
		return Absent
	}
	return Bytes(b)
}

//go:wasmimport env ext_misc_last_cursor_version_1
func ext_misc_last_cursor_version_1(out uint32)

// Remove returns what a removal of many keys tells. remove is given buffers for the next cursor and for three counters
// and returns the length of the cursor, which the host keeps if it does not fit.
func Remove(remove func(cursor uint64, counters uint32) uint32) hostapi.RemovalResult {
	var few [guess]byte
	var counters [3]uint32
	n := remove(Bytes(few[:]), Pointer(&counters))
	r := hostapi.RemovalResult{Backend: counters[0], Unique: counters[1], Loops: counters[2]}
	if n != 0 {
		r.Cursor = make([]byte, n)
		if n <= guess {
			copy(r.Cursor, few[:])
		} else {
			ext_misc_last_cursor_version_1(uint32(Bytes(r.Cursor)))
		}
	}
	return r
}
