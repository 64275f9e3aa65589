package runtime

import (
	"internal/abi"
	"internal/runtime/maps"
	"unsafe"
)

// Maps are those of internal/runtime/maps. The compiler calls the functions of this file; those without body are
// offered by that package.

// maxMapBytes is the size of a map's memory above which a hint is not believed.
const maxMapBytes = 1<<31 - 1

//go:linkname maps_errNilAssign internal/runtime/maps.errNilAssign
var maps_errNilAssign error = plainError("assignment to entry in nil map")

// zeroVal is what an access to a missing key points to, for elements of at most its size.
var zeroVal [abi.ZeroValSize]byte

// What that package asks for.
//
//go:linkname throw internal/runtime/maps.fatal
//go:linkname rand internal/runtime/maps.rand
//go:linkname typeString internal/runtime/maps.typeString
//go:linkname newobject internal/runtime/maps.newobject

//go:linkname newarray internal/runtime/maps.newarray
func newarray(typ *abi.Type, n int) unsafe.Pointer {
	if n < 0 || typ.Size_ != 0 && uintptr(n) > maxMapBytes/typ.Size_ {
		panic(plainError("runtime: allocation size out of range"))
	}
	return mallocgc(typ.Size_*uintptr(n), typ)
}

//go:linkname typedmemmove internal/runtime/maps.typedmemmove
func typedmemmove(typ *abi.Type, dst, src unsafe.Pointer) { memmove(dst, src, typ.Size_) }

//go:linkname typedmemclr internal/runtime/maps.typedmemclr
func typedmemclr(typ *abi.Type, ptr unsafe.Pointer) { memclrNoHeapPointers(ptr, typ.Size_) }

// makemap_small makes a map for at most eight entries.
func makemap_small() *maps.Map { return maps.NewEmptyMap() }

// makemap makes a map with room for hint entries; a negative hint counts as none.
func makemap(t *abi.MapType, hint int) *maps.Map {
	return maps.NewMap(t, uintptr(max(hint, 0)), nil, maxMapBytes)
}

// Access: the address of the element, or of zeros.

func mapaccess1(t *abi.MapType, m *maps.Map, key unsafe.Pointer) unsafe.Pointer
func mapaccess1_fast32(t *abi.MapType, m *maps.Map, key uint32) unsafe.Pointer
func mapaccess1_fast64(t *abi.MapType, m *maps.Map, key uint64) unsafe.Pointer
func mapaccess1_faststr(t *abi.MapType, m *maps.Map, key string) unsafe.Pointer

// Access that tells whether there is such an entry.

func mapaccess2(t *abi.MapType, m *maps.Map, key unsafe.Pointer) (unsafe.Pointer, bool)
func mapaccess2_fast32(t *abi.MapType, m *maps.Map, key uint32) (unsafe.Pointer, bool)
func mapaccess2_fast64(t *abi.MapType, m *maps.Map, key uint64) (unsafe.Pointer, bool)
func mapaccess2_faststr(t *abi.MapType, m *maps.Map, key string) (unsafe.Pointer, bool)

// Assignment: the address of the element of an entry that is made if there is none.

func mapassign(t *abi.MapType, m *maps.Map, key unsafe.Pointer) unsafe.Pointer
func mapassign_fast32(t *abi.MapType, m *maps.Map, key uint32) unsafe.Pointer
func mapassign_fast32ptr(t *abi.MapType, m *maps.Map, key unsafe.Pointer) unsafe.Pointer
func mapassign_fast64(t *abi.MapType, m *maps.Map, key uint64) unsafe.Pointer
func mapassign_faststr(t *abi.MapType, m *maps.Map, key string) unsafe.Pointer

// Deletion.

func mapdelete(t *abi.MapType, m *maps.Map, key unsafe.Pointer) { m.Delete(t, key) }
func mapdelete_fast32(t *abi.MapType, m *maps.Map, key uint32)
func mapdelete_fast64(t *abi.MapType, m *maps.Map, key uint64)
func mapdelete_faststr(t *abi.MapType, m *maps.Map, key string)

// mapclear deletes all entries.
func mapclear(t *abi.MapType, m *maps.Map) { m.Clear(t) }

// mapIterStart begins an iteration in zeroed memory and goes to the first entry.
func mapIterStart(t *abi.MapType, m *maps.Map, it *maps.Iter) {
	it.Init(t, m)
	it.Next()
}

// mapIterNext goes to the next entry. Behind the last one the iterator's key is nil.
func mapIterNext(it *maps.Iter) { it.Next() }

//go:linkname mapclone maps.clone
func mapclone(m any) any {
	e := (*abi.EmptyInterface)(unsafe.Pointer(&m))
	typ := (*abi.MapType)(unsafe.Pointer(e.Type))
	e.Data = unsafe.Pointer((*maps.Map)(e.Data).Clone(typ))
	return m
}
