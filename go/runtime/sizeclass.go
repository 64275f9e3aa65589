package runtime

import "internal/runtime/sys"

// Objects of at most maxSmall bytes share blocks of one size class. Classes are multiples of 8 up to 64 bytes,
// then four to each doubling, so that at most a fifth of a slot is unused above 64 bytes and no table is needed.
const (
	maxSmall   = 2048
	numClasses = 29 // class 0 is not used
)

// sizeClass returns the class of an object of n bytes, 1 <= n <= maxSmall.
func sizeClass(n uintptr) uintptr {
	if n <= 64 {
		return (n + 7) >> 3
	}
	n--
	e := uintptr(sys.Len64(uint64(n)) - 1)
	return 9 + (e-6)<<2 + n>>(e-2)&3
}

// classSize returns the slot size of a class in bytes.
func classSize(class uintptr) uintptr {
	if class <= 8 {
		return class << 3
	}
	class -= 9
	return (5 + class&3) << (4 + class>>2)
}
