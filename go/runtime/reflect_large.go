package runtime

import (
	"internal/abi"
	"unsafe"
)

// Types that package reflect makes have no mask where it would be large: the collector goes over their parts.

// scanLarge is scanValues for a type without mask. It reports whether the type is one.
//
//go:ifreached reflect_addReflectOff
func scanLarge(base, end uintptr, typ *abi.Type) bool {
	if typ.TFlag&abi.TFlagGCMaskOnDemand == 0 {
		return false
	}
	for ; base+typ.PtrBytes <= end; base += typ.Size_ {
		scanParts(base, typ, nil)
	}
	return true
}

// scanParts greys what a value of a type refers to; or, if there is a list, it appends the addresses of the references
// instead.
func scanParts(base uintptr, typ *abi.Type, list *[]uintptr) {
	if typ.TFlag&abi.TFlagGCMaskOnDemand == 0 {
		scanPart(base, base+typ.Size_, typ, list)
		return
	}
	switch typ.Kind() {
	case abi.Array:
		a := (*abi.ArrayType)(unsafe.Pointer(typ))
		if a.Elem.TFlag&abi.TFlagGCMaskOnDemand == 0 {
			scanPart(base, base+typ.Size_, a.Elem, list)
			return
		}
		for range a.Len {
			scanParts(base, a.Elem, list)
			base += a.Elem.Size_
		}
	case abi.Struct:
		fields := (*abi.StructType)(unsafe.Pointer(typ)).Fields
		for i := range fields {
			if part := fields[i].Typ; part.PtrBytes != 0 {
				scanParts(base+fields[i].Offset, part, list)
			}
		}
	}
}

// scanPart does so for the values of a type with a mask between two addresses.
func scanPart(base, end uintptr, typ *abi.Type, list *[]uintptr) {
	if list == nil {
		scanValues(base, end, typ)
	} else {
		listReferences(base, end, typ, list)
	}
}

// listReferences appends the addresses of the references that scanValues looks at.
//
//go:ifreached reflect_gcbits
func listReferences(base, end uintptr, typ *abi.Type, list *[]uintptr) {
	for ; base+typ.PtrBytes <= end; base += typ.Size_ {
		for i := uintptr(0); i < typ.PtrBytes>>2; i++ {
			if *(*byte)(unsafe.Add(unsafe.Pointer(typ.GCData), i>>3))>>(i&7)&1 != 0 {
				*list = append(*list, base+i<<2)
			}
		}
	}
}

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
	start := s.start + n*s.elem
	end := start + s.elem - 4
	typ := (*abi.Type)(unsafe.Pointer(load32(end)))
	var list []uintptr
	for base := start; base+typ.PtrBytes <= end; base += typ.Size_ {
		scanParts(base, typ, &list)
	}
	var mask []byte
	for _, at := range list {
		for uintptr(len(mask)) < (at-start)>>2 {
			mask = append(mask, 0)
		}
		mask = append(mask, 1)
	}
	KeepAlive(object)
	return mask
}
