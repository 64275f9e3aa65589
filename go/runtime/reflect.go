package runtime

import (
	"internal/abi"
	"unsafe"
)

// What packages reflect and internal/reflectlite ask of the runtime by their own names.

// Offsets of names, types and code in descriptors are absolute (decision record 0004).

//go:linkname reflectlite_resolveNameOff internal/reflectlite.resolveNameOff
func reflectlite_resolveNameOff(ptrInModule unsafe.Pointer, off int32) unsafe.Pointer {
	return unsafe.Pointer(uintptr(off))
}

//go:linkname reflectlite_resolveTypeOff internal/reflectlite.resolveTypeOff
func reflectlite_resolveTypeOff(rtype unsafe.Pointer, off int32) unsafe.Pointer {
	return unsafe.Pointer(uintptr(off))
}

//go:linkname reflect_resolveNameOff reflect.resolveNameOff
func reflect_resolveNameOff(ptrInModule unsafe.Pointer, off int32) unsafe.Pointer {
	return unsafe.Pointer(uintptr(off))
}

//go:linkname reflect_resolveTypeOff reflect.resolveTypeOff
func reflect_resolveTypeOff(rtype unsafe.Pointer, off int32) unsafe.Pointer {
	return unsafe.Pointer(uintptr(off))
}

//go:linkname reflect_resolveTextOff reflect.resolveTextOff
func reflect_resolveTextOff(rtype unsafe.Pointer, off int32) unsafe.Pointer {
	return unsafe.Pointer(uintptr(off))
}

// reflectOffs keeps what descriptors made at run time refer to by offset, for the collector sees no reference there.
var reflectOffs []unsafe.Pointer

//go:linkname reflect_addReflectOff reflect.addReflectOff
func reflect_addReflectOff(ptr unsafe.Pointer) int32 {
	reflectOffs = append(reflectOffs, ptr)
	return int32(uintptr(ptr))
}

//go:linkname reflectlite_unsafe_New internal/reflectlite.unsafe_New
func reflectlite_unsafe_New(typ *abi.Type) unsafe.Pointer { return newobject(typ) }

//go:linkname reflect_unsafe_New reflect.unsafe_New
func reflect_unsafe_New(typ *abi.Type) unsafe.Pointer { return newobject(typ) }

//go:linkname reflect_unsafe_NewArray reflect.unsafe_NewArray
func reflect_unsafe_NewArray(typ *abi.Type, n int) unsafe.Pointer {
	bytes, ok := mulSize(n, typ.Size_)
	if !ok {
		panicError("allocation size out of range")
	}
	return mallocgc(bytes, typ)
}

//go:linkname reflectlite_typedmemmove internal/reflectlite.typedmemmove
func reflectlite_typedmemmove(typ *abi.Type, dst, src unsafe.Pointer) { memmove(dst, src, typ.Size_) }

//go:linkname reflect_typedmemmove reflect.typedmemmove
func reflect_typedmemmove(typ *abi.Type, dst, src unsafe.Pointer) { memmove(dst, src, typ.Size_) }

//go:linkname reflect_memmove reflect.memmove
func reflect_memmove(to, from unsafe.Pointer, n uintptr) { memmove(to, from, n) }

//go:linkname reflect_typedmemclr reflect.typedmemclr
func reflect_typedmemclr(typ *abi.Type, ptr unsafe.Pointer) { memclrNoHeapPointers(ptr, typ.Size_) }

//go:linkname reflect_typedmemclrpartial reflect.typedmemclrpartial
func reflect_typedmemclrpartial(typ *abi.Type, ptr unsafe.Pointer, off, size uintptr) {
	memclrNoHeapPointers(ptr, size)
}

//go:linkname reflect_typedarrayclear reflect.typedarrayclear
func reflect_typedarrayclear(typ *abi.Type, ptr unsafe.Pointer, n int) {
	memclrNoHeapPointers(ptr, uintptr(n)*typ.Size_)
}

//go:linkname reflect_typedslicecopy reflect.typedslicecopy
func reflect_typedslicecopy(elem *abi.Type, dst, src slice) int {
	n := min(dst.len, src.len)
	memmove(dst.array, src.array, uintptr(n)*elem.Size_)
	return n
}

//go:linkname reflect_growslice reflect.growslice
func reflect_growslice(et *abi.Type, old slice, num int) slice {
	num -= old.cap - old.len
	grown := growslice(old.array, old.cap+num, old.cap, num, et)
	s := *(*slice)(unsafe.Pointer(&grown))
	memclrNoHeapPointers(add(s.array, uintptr(old.cap)*et.Size_), uintptr(num)*et.Size_)
	s.len = old.len
	return s
}

//go:linkname reflect_unsafeslice reflect.unsafeslice
func reflect_unsafeslice(et *abi.Type, ptr unsafe.Pointer, n int) {
	if n < 0 {
		panicunsafeslicelen()
	}
	bytes, ok := mulSize(n, et.Size_)
	if !ok || bytes > -uintptr(ptr) {
		if ptr == nil {
			panicunsafeslicenilptr()
		}
		panicunsafeslicelen()
	}
}

//go:linkname reflectlite_ifaceE2I internal/reflectlite.ifaceE2I
func reflectlite_ifaceE2I(inter *abi.Type, e any, dst unsafe.Pointer) { ifaceE2I(inter, e, dst) }

//go:linkname reflect_ifaceE2I reflect.ifaceE2I
func reflect_ifaceE2I(inter *abi.Type, e any, dst unsafe.Pointer) { ifaceE2I(inter, e, dst) }

// ifaceE2I stores e at dst, which holds an interface type with methods that e implements.
func ifaceE2I(inter *abi.Type, e any, dst unsafe.Pointer) {
	from := efaceOf(&e)
	to := (*abi.NonEmptyInterface)(dst)
	to.ITab = assertE2I((*abi.InterfaceType)(unsafe.Pointer(inter)), from.Type)
	to.Data = from.Data
}

// Every address is one of ordinary memory.
//
//go:linkname reflect_verifyNotInHeapPtr reflect.verifyNotInHeapPtr
func reflect_verifyNotInHeapPtr(p uintptr) bool { return true }

// staticuint64s holds the numbers below 256, each in a word of 64 bits.
var staticuint64s [256]uint64

//go:linkname reflect_getStaticuint64s runtime.getStaticuint64s
func reflect_getStaticuint64s() *[256]uint64 {
	if staticuint64s[1] == 0 {
		for i := range staticuint64s {
			staticuint64s[i] = uint64(i)
		}
	}
	return &staticuint64s
}

// typelinks lists the descriptors of types without name, sorted by their strings. The compiler gives it its value.
var typelinks []int32

//go:linkname reflect_typelinks reflect.typelinks
func reflect_typelinks() ([]unsafe.Pointer, [][]int32) {
	return []unsafe.Pointer{nil}, [][]int32{typelinks}
}
