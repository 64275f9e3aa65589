//go:build polkadot

package runtime

import (
	"internal/abi"
	"unsafe"
)

// The first objects of a call lie beside the data that every call touches. Most calls make few objects, and to begin
// with spans takes about as long as all that such a call does besides: each touches more pages of memory.
//
// They live as long as the call does. Objects with references stand at the front, each with its slot's size and its
// type's descriptor behind it, as roots; the others stand at the back.
const firstBytes = 768

var first struct {
	bytes [firstBytes / 8]uint64
	low   uintptr // bytes used at the front
	high  uintptr // bytes used at the back
	count uint64  // objects
}

// mallocFirst returns the address of a zeroed object, or 0 where there is no more room.
func mallocFirst(size uintptr, typ *abi.Type, scan uintptr) uintptr {
	n := (size + scan<<3 + 7) &^ 7
	if size > firstBytes || n > firstBytes-first.low-first.high || gcStress() {
		// A page of the module's image that is read before it is written is mapped twice, the first time with all
		// those around it.
		heap.touched = true
		return 0
	}
	first.count++
	start := uintptr(unsafe.Pointer(&first.bytes))
	if scan == 0 {
		first.high += n
		return start + firstBytes - first.high
	}
	p := start + first.low
	first.low += n
	store32(p+n-8, n)
	store32(p+n-4, uintptr(unsafe.Pointer(typ)))
	return p
}

// markFirst greys what the first objects refer to.
func markFirst() {
	start := uintptr(unsafe.Pointer(&first.bytes))
	for end := start + first.low; end != start; {
		p := end - load32(end-8)
		// The size is no address of an object.
		scanObject(p, end-4)
		end = p
	}
}

// allocatedFirst returns the number of first objects, and their bytes.
func allocatedFirst() (objects, bytes uint64) {
	return first.count, uint64(first.low + first.high)
}
