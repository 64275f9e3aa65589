package runtime

import (
	"internal/abi"
	"unsafe"
)

// maxAlloc is the largest number of bytes that one object may have.
const maxAlloc = 1<<31 - 1

// mulSize multiplies a number of elements and their size; false if no object is that large.
func mulSize(n int, size uintptr) (uintptr, bool) {
	bytes := uint64(uint32(n)) * uint64(size)
	return uintptr(bytes), n >= 0 && bytes <= maxAlloc
}

// makeslice allocates the array of make([]T, len, cap).
func makeslice(et *abi.Type, len, cap int) unsafe.Pointer {
	bytes, ok := mulSize(cap, et.Size_)
	if !ok || len < 0 || len > cap {
		if _, ok := mulSize(len, et.Size_); !ok || len < 0 {
			panicmakeslicelen()
		}
		panicmakeslicecap()
	}
	return mallocgc(bytes, et)
}

// growslice allocates a larger array for append and copies the old one's elements: of a slice that had oldCap and
// shall have newLen elements, num of which are being appended: the caller writes them all, as they are not always zero.
// The result's length is newLen.
func growslice(old unsafe.Pointer, newLen, oldCap, num int, et *abi.Type) []byte {
	if newLen < 0 {
		panicError("growslice: len out of range")
	}
	if et.Size_ == 0 {
		return unsafe.Slice((*byte)(unsafe.Pointer(&zerobase)), newLen)
	}
	newCap := nextslicecap(newLen, oldCap)
	bytes, ok := mulSize(newCap, et.Size_)
	if !ok {
		panicError("growslice: len out of range")
	}
	bytes = roundupsize(bytes, et.PtrBytes == 0)
	newCap = int(bytes / et.Size_)
	var p unsafe.Pointer
	if et.Size_ == 1 && bytes > maxSmall {
		// What is going to be written, here and by whoever appends, need not be zero before.
		if gcStress() {
			collect()
		}
		p = unsafe.Pointer(largeSpan(bytes, 0).start)
		memclrNoHeapPointers(add(p, uintptr(newLen)), bytes-uintptr(newLen))
	} else {
		p = mallocgc(bytes, et)
	}
	memmove(p, old, uintptr(newLen-num)*et.Size_)
	var s []byte
	h := (*slice)(unsafe.Pointer(&s))
	h.array = p
	h.len = newLen
	h.cap = newCap
	return s
}

// A slice is the three words of a slice value.
type slice struct {
	array unsafe.Pointer
	len   int
	cap   int
}

// nextslicecap doubles small capacities and adds a quarter to large ones, as the official runtime does.
func nextslicecap(newLen, oldCap int) int {
	if newLen > oldCap+oldCap {
		return newLen
	}
	const threshold = 256
	if oldCap < threshold {
		return oldCap + oldCap
	}
	c := oldCap
	for uint(c) < uint(newLen) {
		c += (c + 3*threshold) >> 2
	}
	if c < 0 {
		return newLen
	}
	return c
}

// roundupsize returns the size of the slot that an allocation of that many bytes gets.
func roundupsize(n uintptr, noscan bool) uintptr {
	word := uintptr(4)
	if noscan {
		word = 0
	}
	if n+word > maxSmall {
		return n
	}
	return classSize(sizeClass(n+word)) - word
}
