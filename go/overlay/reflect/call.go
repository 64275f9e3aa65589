// Package reflect: calls of functions whose types are known only at run time, and functions made at run time.
//
// The release has one piece of assembly for each of the two. WebAssembly's calls are typed, so the compiler makes one
// piece of code for each distinct frame of arguments and results. A frame is found by its shape, a text that the
// compiler derives from types in the same way as shapeOf.
package reflect

import (
	"internal/abi"
	"internal/goarch"
	"sync"
	"unsafe"
)

// A callAdapter calls functions with frames of one shape.
type callAdapter struct {
	shape string
	call  func(fn, frame unsafe.Pointer)
}

// A funcStub is the code of function values made at run time, or of methods, whose frames have one shape.
type funcStub struct {
	shape string
	code  uintptr
}

// The compiler gives these variables their values, sorted by shape.
var (
	callAdapters []callAdapter
	funcStubs    []funcStub
)

// A frameType is the type of a frame, and the adapter for functions that take it.
type frameType struct {
	abi.Type
	adapter *callAdapter
}

// funcLayout computes the frame of calls of a function type, or of a method if rcvr is its receiver's type.
func funcLayout(t *funcType, rcvr *abi.Type) (frametype *abi.Type, framePool *sync.Pool, abid abiDesc) {
	if t.Kind() != abi.Func {
		panic("reflect: funcLayout of non-func type " + stringFor(&t.Type))
	}
	if rcvr != nil && rcvr.Kind() == abi.Interface {
		panic("reflect: funcLayout with interface receiver " + stringFor(rcvr))
	}
	key := layoutKey{t, rcvr}
	if known, ok := layoutCache.Load(key); ok {
		l := known.(layoutType)
		return l.t, l.framePool, l.abid
	}
	abid = newAbiDesc(t, rcvr)
	frame := new(frameType)
	frame.Align_ = 2 * goarch.PtrSize
	frame.Size_ = align(abid.retOffset+abid.ret.stackBytes, goarch.PtrSize)
	if n := abid.stackPtrs.n; n > 0 {
		frame.PtrBytes = uintptr(n) * goarch.PtrSize
		frame.GCData = unsafe.SliceData(abid.stackPtrs.data)
	}
	frame.Str = resolveReflectName(newName("frame of "+stringFor(&t.Type), "", false, false))
	frame.adapter = findAdapter(shapeOf(t, rcvr != nil))
	l := layoutType{t: &frame.Type, abid: abid}
	l.framePool = &sync.Pool{New: func() any { return unsafe_New(l.t) }}
	known, _ := layoutCache.LoadOrStore(key, l)
	l = known.(layoutType)
	return l.t, l.framePool, l.abid
}

// isUncallable reports whether code is that of function values without a stub.
//
//go:ifreached newFuncCtxt
func isUncallable(code uintptr) bool { return code == abi.FuncPCABIInternal(uncallable) }

func findAdapter(shape string) *callAdapter {
	lo, hi := 0, len(callAdapters)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if callAdapters[mid].shape < shape {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(callAdapters) && callAdapters[lo].shape == shape {
		return &callAdapters[lo]
	}
	return nil
}

// call calls fn, a pointer to a word of code, with a frame made by funcLayout.
func call(stackArgsType *abi.Type, f, stackArgs unsafe.Pointer, stackArgsSize, stackRetOffset, frameSize uint32, regArgs *abi.RegArgs) {
	adapter := (*frameType)(unsafe.Pointer(stackArgsType)).adapter
	if adapter == nil {
		if isUncallable(*(*uintptr)(f)) {
			stubCall((*makeFuncCtxt)(f), stackArgs, false)
			return
		}
		panic("reflect: call of a function whose type no function of the program has")
	}
	if callsForPanic {
		callsForPanic = false
		setDeferCallee(*(*uintptr)(f))
	}
	if isEmbeddedMethod(*(*uintptr)(f)) {
		embeddedIfaceMethStub()
	}
	adapter.call(f, stackArgs)
}

// A makeFuncCtxt begins each function value made here: it is a closure whose code is a stub.
type makeFuncCtxt struct {
	fn      uintptr
	frame   *abi.Type // type of the stub's frame
	method  bool      // whether a methodValue follows, rather than a makeFuncImpl
	regPtrs abi.IntArgRegBitmap
}

func newFuncCtxt(ftyp *funcType, method bool) makeFuncCtxt {
	shape := shapeOf(ftyp, false)
	frame, _, _ := funcLayout(ftyp, nil)
	for i := range funcStubs {
		if funcStubs[i].shape == shape {
			return makeFuncCtxt{fn: funcStubs[i].code, frame: frame, method: method}
		}
	}
	// No compiled code can call it then.
	return makeFuncCtxt{fn: abi.FuncPCABIInternal(uncallable), frame: frame, method: method}
}

// uncallable is the code of function values of types that no function of the program has: only call can call them.
func uncallable() { panic("reflect: call of a function of a type that the program does not have") }

// MakeFunc returns a new function of the given type that calls fn: with its arguments as values, and for its results.
func MakeFunc(typ Type, fn func(args []Value) (results []Value)) Value {
	if typ.Kind() != Func {
		panic("reflect: call of MakeFunc with non-Func type")
	}
	t := typ.common()
	ftyp := (*funcType)(unsafe.Pointer(t))
	impl := &makeFuncImpl{makeFuncCtxt: newFuncCtxt(ftyp, false), ftyp: ftyp, fn: fn}
	return Value{t, unsafe.Pointer(impl), flag(Func)}
}

// makeMethodValue makes a function value of v, which is a receiver with the number of a method.
//
//go:ifreached Value.Method
func makeMethodValue(op string, v Value) Value {
	if v.flag&flagMethod == 0 {
		panic("reflect: internal error: invalid use of makeMethodValue")
	}
	fl := v.flag&(flagRO|flagAddr|flagIndir) | flag(v.typ().Kind())
	rcvr := Value{v.typ(), v.ptr, fl}
	ftyp := (*funcType)(unsafe.Pointer(v.Type().(*rtype)))
	fv := &methodValue{makeFuncCtxt: newFuncCtxt(ftyp, true), method: int(v.flag) >> flagMethodShift, rcvr: rcvr}
	// Whether there is such a method is found out now, not when the value is called.
	methodReceiver(op, fv.rcvr, fv.method)
	return Value{ftyp.Common(), unsafe.Pointer(fv), v.flag&flagRO | flag(Func)}
}

// methodValueCode stands for the code of all method values where their addresses are compared.
var methodValueCode byte

func methodValueCallCodePtr() uintptr { return uintptr(unsafe.Pointer(&methodValueCode)) }

// stubFrame returns the frame that a stub fills. Stubs call it first.
func stubFrame(ctxt *makeFuncCtxt) unsafe.Pointer { return unsafe_New(ctxt.frame) }

// callsForPanic says that a panic called the method value whose method is called next.
var callsForPanic bool

// setDeferCallee tells the code that it is called by a panic, so that it may recover.
//
//go:linkname setDeferCallee runtime.setDeferCallee
func setDeferCallee(code uintptr)

// stubCall calls what stands behind a function value, with the arguments in the frame, and puts the results there.
// byPanic says that a panic called the value.
func stubCall(ctxt *makeFuncCtxt, frame unsafe.Pointer, byPanic bool) {
	var valid bool
	var regs abi.RegArgs
	if ctxt.method {
		callsForPanic = byPanic
		callMethod((*methodValue)(unsafe.Pointer(ctxt)), frame, &valid, &regs)
		return
	}
	impl := (*makeFuncImpl)(unsafe.Pointer(ctxt))
	if byPanic {
		// The code of a function value is its first word.
		setDeferCallee(**(**uintptr)(unsafe.Pointer(&impl.fn)))
	}
	callReflect(impl, frame, &valid, &regs)
}

// maxScalars is the number of scalars above which a value is passed by its address.
const maxScalars = 16

// A scalar is a part of a value that is passed in a parameter or result of its own.
type scalar struct {
	letter byte
	offset uintptr
}

// shapeOf describes the frame of calls of a function type, or of methods of that type.
func shapeOf(t *funcType, method bool) string {
	s := []byte{'c'}
	at := uintptr(0)
	if method {
		s = append(s[:0], "mp0"...)
		at = goarch.PtrSize
	}
	for _, p := range t.InSlice() {
		s, at = appendShape(s, p, at)
	}
	s = append(s, '>')
	at = align(at, goarch.PtrSize)
	for _, r := range t.OutSlice() {
		s, at = appendShape(s, r, at)
	}
	return string(s)
}

// appendShape adds a value that stands at an offset or behind it, and returns the offset behind the value.
func appendShape(s []byte, t *abi.Type, at uintptr) ([]byte, uintptr) {
	at = align(at, uintptr(t.Align()))
	scalars, ok := appendScalars(nil, t, 0)
	if !ok {
		s = append(s, 'm')
		s = appendUint(s, at)
		s = append(s, ':')
		s = appendUint(s, t.Size())
		return s, at + t.Size()
	}
	for _, x := range scalars {
		s = append(s, x.letter)
		s = appendUint(s, at+x.offset)
	}
	return s, at + t.Size()
}

// appendScalars adds the scalars of a value at an offset. It reports whether it has scalars; else it is passed by
// its address.
func appendScalars(list []scalar, t *abi.Type, at uintptr) ([]scalar, bool) {
	switch Kind(t.Kind()) {
	case Bool, Uint8:
		return append(list, scalar{'b', at}), true
	case Int8:
		return append(list, scalar{'a', at}), true
	case Uint16:
		return append(list, scalar{'h', at}), true
	case Int16:
		return append(list, scalar{'s', at}), true
	case Int, Uint, Int32, Uint32, Uintptr:
		return append(list, scalar{'i', at}), true
	case Int64, Uint64:
		return append(list, scalar{'l', at}), true
	case Float32:
		return append(list, scalar{'f', at}), true
	case Float64:
		return append(list, scalar{'d', at}), true
	case Complex64:
		return append(list, scalar{'f', at}, scalar{'f', at + 4}), true
	case Complex128:
		return append(list, scalar{'d', at}, scalar{'d', at + 8}), true
	case String:
		return append(list, scalar{'p', at}, scalar{'i', at + 4}), true
	case Slice:
		return append(list, scalar{'p', at}, scalar{'i', at + 4}, scalar{'i', at + 8}), true
	case Interface:
		return append(list, scalar{'p', at}, scalar{'p', at + 4}), true
	case Array:
		a := (*arrayType)(unsafe.Pointer(t))
		switch a.Len {
		case 0:
			return list, true
		case 1:
			return appendScalars(list, a.Elem, at)
		}
		return list, false
	case Struct:
		first := len(list)
		ok := true
		st := (*structType)(unsafe.Pointer(t))
		for i := range st.Fields {
			f := &st.Fields[i]
			if list, ok = appendScalars(list, f.Typ, at+f.Offset); !ok {
				return list, false
			}
		}
		return list, len(list)-first <= maxScalars
	}
	return append(list, scalar{'p', at}), true
}

func appendUint(s []byte, n uintptr) []byte {
	if n >= 10 {
		s = appendUint(s, n/10)
	}
	return append(s, byte('0'+n%10))
}
