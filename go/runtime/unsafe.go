package runtime

import (
	"internal/abi"
	"unsafe"
)

// add returns p+x.
func add(p unsafe.Pointer, x uintptr) unsafe.Pointer {
	return unsafe.Add(p, x)
}

// memequal reports whether n bytes at p and q are equal.
func memequal(p, q unsafe.Pointer, n uintptr) bool {
	if p == q {
		return true
	}
	i := uintptr(0)
	for ; i+4 <= n; i += 4 {
		if *(*uint32)(add(p, i)) != *(*uint32)(add(q, i)) {
			return false
		}
	}
	for ; i < n; i++ {
		if *(*uint8)(add(p, i)) != *(*uint8)(add(q, i)) {
			return false
		}
	}
	return true
}

// efaceOf returns the two words of an interface value.
func efaceOf(e *any) *abi.EmptyInterface {
	return (*abi.EmptyInterface)(unsafe.Pointer(e))
}
