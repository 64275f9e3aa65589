//go:build wasm && polkadot

package host

import (
	"unsafe"

	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/scale"
)

//go:wasmimport env ext_allocator_malloc_version_1
func ext_allocator_malloc_version_1(size uint32) uint32

//go:wasmimport env ext_allocator_free_version_1
func ext_allocator_free_version_1(ptr uint32)

// Malloc returns the address of size bytes of the host's memory. The host traps where it has none.
func Malloc(size uint32) uint32 { return ext_allocator_malloc_version_1(size) }

// Free gives memory back to the host.
func Free(ptr uint32) { ext_allocator_free_version_1(ptr) }

// Bytes passes bytes.
func Bytes(b []byte) uint64 {
	return uint64(len(b))<<32 | uint64(uintptr(unsafe.Pointer(unsafe.SliceData(b))))
}

// String passes the bytes of a string.
func String(s string) uint64 {
	return uint64(len(s))<<32 | uint64(uintptr(unsafe.Pointer(unsafe.StringData(s))))
}

// Pointer passes a value of fixed size.
func Pointer[T any](p *T) uint32 { return uint32(uintptr(unsafe.Pointer(p))) }

// Bool passes a truth value.
func Bool(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// Results that have been read are given back to the host, so that a call may ask as often as it likes. Only the first
// few small ones of a call are not: that would be a host call for each, and most calls make few.
const (
	keptMost = 4 << 10 // bytes that are not given back
	overhead = 16      // of each result: the host's header, and its rounding
)

// kept is how many bytes have not been given back.
var kept uint32

// release gives a result of size bytes back, unless it is not worth it.
func release(ptr, size uint32) {
	if size <= keptMost && kept <= keptMost-size {
		kept += size + overhead
		return
	}
	Free(ptr)
}

// releaseBytes is release for address and length of a result.
func releaseBytes(result uint64) { release(uint32(result), uint32(result>>32)) }

func at(ptr uint32) unsafe.Pointer { return unsafe.Add(unsafe.Pointer(nil), ptr) }

// view returns the bytes of a result, which are the host's.
func view(result uint64) []byte {
	return unsafe.Slice((*byte)(at(uint32(result))), uint32(result>>32))
}

// TakeFixed returns a result of fixed size at an address.
func TakeFixed[T any](ptr uint32) T {
	v := *(*T)(at(ptr))
	release(ptr, uint32(unsafe.Sizeof(v)))
	return v
}

// Take returns the bytes of a result.
func Take(result uint64) []byte {
	b := append([]byte(nil), view(result)...)
	releaseBytes(result)
	return b
}

// TakeHash returns a result that consists of a hash.
func TakeHash(result uint64) (hash [32]byte) {
	copy(hash[:], view(result))
	releaseBytes(result)
	return hash
}

// TakeOptionBytes returns a result that is an optional sequence of bytes. One that is there is not nil.
func TakeOptionBytes(result uint64) ([]byte, bool) {
	b := view(result)
	var value []byte
	ok := b[0] != 0
	if ok {
		// The host encodes; only the length of the length is of interest.
		from := 2
		switch b[1] & 3 {
		case 1:
			from = 3
		case 2:
			from = 5
		case 3:
			from = 6
		}
		value = append([]byte{}, b[from:]...)
	}
	releaseBytes(result)
	return value, ok
}

// TakeOptionU32 returns a result that is an optional number.
func TakeOptionU32(result uint64) (uint32, bool) {
	b := view(result)
	var v uint32
	ok := b[0] != 0
	if ok {
		v = le32(b[1:])
	}
	releaseBytes(result)
	return v, ok
}

// TakeOptionFixed returns a result that is an optional value of fixed size.
func TakeOptionFixed[T any](result uint64) (v T, ok bool) {
	b := view(result)
	if b[0] != 0 {
		v, ok = *(*T)(at(uint32(result) + 1)), true
	}
	releaseBytes(result)
	return v, ok
}

// TakeList returns a result that is a sequence of values of fixed size without references.
func TakeList[T any](result uint64) []T {
	d := scale.NewDecoder(view(result))
	list := make([]T, d.CompactU32())
	// Packed, as arrays of bytes are in memory.
	copy(list, unsafe.Slice((*T)(at(uint32(result)+uint32(d.Offset()))), len(list)))
	releaseBytes(result)
	return list
}

// TakeResultFixed returns a result that is a value of fixed size or an error's number.
func TakeResultFixed[T any](result uint64) (v T, err uint8, ok bool) {
	b := view(result)
	if b[0] == 0 {
		v, ok = *(*T)(at(uint32(result) + 1)), true
	} else if len(b) > 1 {
		err = b[1]
	}
	releaseBytes(result)
	return v, err, ok
}

// TakeKillResult returns a result of that type.
func TakeKillResult(result uint64) hostapi.KillResult {
	b := view(result)
	r := hostapi.KillResult{SomeRemaining: b[0] != 0, Loops: le32(b[1:])}
	releaseBytes(result)
	return r
}

// TakeRemovalResult returns a result of that type.
func TakeRemovalResult(result uint64) hostapi.RemovalResult {
	var r hostapi.RemovalResult
	d := scale.NewDecoder(view(result))
	if d.Bool() {
		r.Cursor = append([]byte{}, d.BytesView()...)
	}
	r.Backend, r.Unique, r.Loops = d.U32(), d.U32(), d.U32()
	releaseBytes(result)
	return r
}

func le32(b []byte) uint32 {
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}
