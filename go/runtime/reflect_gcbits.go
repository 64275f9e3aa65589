package runtime

import (
	"internal/abi"
	"unsafe"
)

// reflect_gcbits returns what the collector looks at in the allocated object that a pointer points to: a byte for each
// word up to the last reference, 1 for references. The tests of package reflect ask.
//
//go:linkname reflect_gcbits reflect.gcbits
func reflect_gcbits(x any) []byte {
	object := efaceOf(&x).Data
	s, n := slotOf(uintptr(object))
	if s == nil || s.scan == 0 {
		return nil
	}
	base := s.start + n*s.elem
	end := base + s.elem - 4
	typ := (*abi.Type)(unsafe.Pointer(load32(end)))
	var mask []byte
	// As scanObject goes over it.
	for ; base+typ.PtrBytes <= end; base += typ.Size_ {
		for i := uintptr(0); i < typ.Size_>>2; i++ {
			bit := byte(0)
			if i < typ.PtrBytes>>2 {
				bit = *(*byte)(unsafe.Add(unsafe.Pointer(typ.GCData), i>>3)) >> (i & 7) & 1
			}
			mask = append(mask, bit)
		}
	}
	for len(mask) > 0 && mask[len(mask)-1] == 0 {
		mask = mask[:len(mask)-1]
	}
	KeepAlive(object)
	return mask
}
