// Package runtime is the little that tests need of a runtime: it never frees, and every panic traps.
package runtime

import (
	"internal/abi"
	"unsafe"
)

var zerobase uint32

var arena [1 << 16]uint64

var used uintptr

func trap()
func memmove(to, from unsafe.Pointer, n uintptr)

func mallocgc(size uintptr, typ *abi.Type) unsafe.Pointer {
	p := unsafe.Pointer(uintptr(unsafe.Pointer(&arena)) + used)
	used += (size + 7) &^ 7
	return p
}

func newobject(typ *abi.Type) unsafe.Pointer { return mallocgc(typ.Size_, typ) }

func makeslice(et *abi.Type, len, cap int) unsafe.Pointer {
	if len < 0 || cap < len {
		trap()
	}
	return mallocgc(et.Size_*uintptr(cap), et)
}

func growslice(old unsafe.Pointer, newLen, oldCap, num int, et *abi.Type) []byte {
	p := mallocgc(et.Size_*uintptr(newLen), et)
	memmove(p, old, et.Size_*uintptr(newLen-num))
	return unsafe.Slice((*byte)(p), newLen)
}

func memequal(p, q unsafe.Pointer, n uintptr) bool {
	for i := uintptr(0); i < n; i++ {
		if *(*byte)(unsafe.Add(p, i)) != *(*byte)(unsafe.Add(q, i)) {
			return false
		}
	}
	return true
}

func cmpstring(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] != b[i] {
			return int(a[i]) - int(b[i])
		}
	}
	return len(a) - len(b)
}

func concatstring2(a, b string) string {
	p := mallocgc(uintptr(len(a)+len(b)), nil)
	memmove(p, unsafe.Pointer(unsafe.StringData(a)), uintptr(len(a)))
	memmove(unsafe.Add(p, len(a)), unsafe.Pointer(unsafe.StringData(b)), uintptr(len(b)))
	return unsafe.String((*byte)(p), len(a)+len(b))
}

func concatstrings(p *string, n int) string {
	s := ""
	for _, part := range unsafe.Slice(p, n) {
		s = concatstring2(s, part)
	}
	return s
}

func slicebytetostring(p *byte, n int) string { return unsafe.String(p, n) }
func stringtoslicebyte(s string) []byte       { return unsafe.Slice(unsafe.StringData(s), len(s)) }

func decoderune(s string, k int) (r rune, next int) {
	return rune(s[k]&31)<<6 | rune(s[k+1]&63), k + 2
}

func efaceeq(t *abi.Type, x, y unsafe.Pointer) bool {
	if t == nil || x == y {
		return true
	}
	if t.TFlag&(1<<5) != 0 {
		return false
	}
	if t.Equal == nil {
		trap()
	}
	return t.Equal(x, y)
}

func assertE2I(inter *abi.InterfaceType, t *abi.Type) *abi.ITab {
	trap()
	return nil
}

func assertE2I2(inter *abi.InterfaceType, t *abi.Type) *abi.ITab { return nil }

func panicwrap(name string) { trap() }
func panicvalue(e any)      { trap() }

func panicmem()                  { trap() }
func panicdivide()               { trap() }
func panicshift()                { trap() }
func panicIndex(x, y int)        { trap() }
func panicIndexU(x uint, y int)  { trap() }
func panicSliceAlen(x, y int)    { trap() }
func panicSliceAcap(x, y int)    { trap() }
func panicSliceB(x, y int)       { trap() }
func panicSlice3Alen(x, y int)   { trap() }
func panicSlice3Acap(x, y int)   { trap() }
func panicSlice3B(x, y int)      { trap() }
func panicSlice3C(x, y int)      { trap() }
func panicSliceConvert(x, y int) { trap() }
func panicunsafeslicelen()       { trap() }
func panicunsafeslicenilptr()    { trap() }
func panicunsafestringlen()      { trap() }
func panicunsafestringnilptr()   { trap() }

func panicnildottype(want *abi.Type)            { trap() }
func panicdottypeE(have, want, iface *abi.Type) { trap() }

func endExport() {}
