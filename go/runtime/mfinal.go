package runtime

import (
	"internal/abi"
	"unsafe"
)

// A finalizer is a function with one parameter to which the pointer to its object can be assigned.
type finalizer struct {
	fn  unsafe.Pointer // the closure
	fun *abi.FuncType
	ptr *abi.PtrType // the type of the pointer
}

// SetFinalizer sets the finalizer of an object: some time after nothing but finalizers reaches it any more, the
// function is called with the pointer and no longer belongs to the object. A nil function takes it away.
func SetFinalizer(obj any, f any) {
	e := efaceOf(&obj)
	if e.Type == nil {
		throw("runtime.SetFinalizer: first argument is nil")
	}
	if e.Type.Kind() != abi.Pointer {
		throw("runtime.SetFinalizer: first argument is " + typeString(e.Type) + ", not pointer")
	}
	if e.Data == nil {
		throw("runtime.SetFinalizer: first argument is nil")
	}
	ptr := (*abi.PtrType)(unsafe.Pointer(e.Type))
	object := objectOf(e.Data)
	// Static data never dies.
	if ptr.Elem.Size_ == 0 || object == 0 {
		return
	}
	if uintptr(e.Data) != object {
		throw("runtime.SetFinalizer: pointer not at beginning of allocated block")
	}
	old := findSpecial(object, specialFinalizer, nil)
	fe := efaceOf(&f)
	if fe.Type == nil {
		if old != nil {
			removeSpecial(old)
		}
		return
	}
	if fe.Type.Kind() != abi.Func {
		throw("runtime.SetFinalizer: second argument is " + typeString(fe.Type) + ", not a function")
	}
	final := finalizer{fe.Data, (*abi.FuncType)(unsafe.Pointer(fe.Type)), ptr}
	if !final.fits() {
		throw("runtime.SetFinalizer: cannot pass " + typeString(e.Type) + " to finalizer " + typeString(fe.Type))
	}
	if old != nil {
		throw("runtime.SetFinalizer: finalizer already set")
	}
	addSpecial(&special{object: object, kind: specialFinalizer, final: final})
	KeepAlive(obj)
}

// fits reports whether the function takes the pointer.
func (f *finalizer) fits() bool {
	if f.fun.IsVariadic() || f.fun.InCount != 1 {
		return false
	}
	in := f.fun.In(0)
	switch {
	case in == &f.ptr.Type:
		return true
	case in.Kind() == abi.Pointer:
		// One of the two types must have no name.
		unnamed := in.TFlag&abi.TFlagNamed == 0 || f.ptr.TFlag&abi.TFlagNamed == 0
		return unnamed && (*abi.PtrType)(unsafe.Pointer(in)).Elem == f.ptr.Elem
	case in.Kind() == abi.Interface:
		iface := (*abi.InterfaceType)(unsafe.Pointer(in))
		return len(iface.Methods) == 0 || assertE2I2(iface, &f.ptr.Type) != nil
	}
	return false
}

// call calls the function. Its results are of no interest, but the type of the first scalar of them is part of the
// code's signature (decision record 0001).
func (f *finalizer) call(p unsafe.Pointer) {
	in := f.fun.In(0)
	first, inMemory := abi.Invalid, false
	for _, t := range f.fun.OutSlice() {
		kind, memory := firstScalar(t)
		inMemory = inMemory || memory
		if first == abi.Invalid {
			first = kind
		}
	}
	if inMemory {
		throw("runtime: finalizer " + typeString(&f.fun.Type) + " has a large result")
	}
	fn := unsafe.Pointer(&f.fn)
	if in.Kind() != abi.Interface {
		switch first {
		case abi.Invalid:
			(*(*func(unsafe.Pointer))(fn))(p)
		case abi.Int64:
			(*(*func(unsafe.Pointer) int64)(fn))(p)
		case abi.Float32:
			(*(*func(unsafe.Pointer) float32)(fn))(p)
		case abi.Float64:
			(*(*func(unsafe.Pointer) float64)(fn))(p)
		default:
			(*(*func(unsafe.Pointer) int32)(fn))(p)
		}
		return
	}
	word := unsafe.Pointer(f.ptr)
	if iface := (*abi.InterfaceType)(unsafe.Pointer(in)); len(iface.Methods) != 0 {
		word = unsafe.Pointer(assertE2I(iface, &f.ptr.Type))
	}
	switch first {
	case abi.Invalid:
		(*(*func(w, p unsafe.Pointer))(fn))(word, p)
	case abi.Int64:
		(*(*func(w, p unsafe.Pointer) int64)(fn))(word, p)
	case abi.Float32:
		(*(*func(w, p unsafe.Pointer) float32)(fn))(word, p)
	case abi.Float64:
		(*(*func(w, p unsafe.Pointer) float64)(fn))(word, p)
	default:
		(*(*func(w, p unsafe.Pointer) int32)(fn))(word, p)
	}
}

// firstScalar returns the kind of the first scalar of a type, with those of at most 32 bits that are no floats as
// abi.Int32, and whether the type may be one whose values live in memory.
func firstScalar(t *abi.Type) (kind abi.Kind, memory bool) {
	switch t.Kind() {
	case abi.Int64, abi.Uint64:
		return abi.Int64, false
	case abi.Float32, abi.Complex64:
		return abi.Float32, false
	case abi.Float64, abi.Complex128:
		return abi.Float64, false
	case abi.Array:
		a := (*abi.ArrayType)(unsafe.Pointer(t))
		if a.Len == 0 {
			return abi.Invalid, false
		}
		kind, memory = firstScalar(a.Elem)
		return kind, memory || a.Len > 1
	case abi.Struct:
		fields := (*abi.StructType)(unsafe.Pointer(t)).Fields
		for i := range fields {
			k, m := firstScalar(fields[i].Typ)
			if kind == abi.Invalid {
				kind = k
			}
			memory = memory || m
		}
		return kind, memory || t.Size_ > 16
	}
	return abi.Int32, false
}

// A Cleanup is a handle to a cleanup call for an object.
type Cleanup struct {
	id     uint64
	object uintptr
}

// AddCleanup has cleanup called with arg some time after ptr's object is no longer reachable. An object may have
// several cleanups.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	if ptr == nil {
		panic(plainError("runtime.AddCleanup: ptr is nil"))
	}
	a := any(arg)
	if e := efaceOf(&a); e.Type != nil && e.Type.Kind() == abi.Pointer && e.Data == unsafe.Pointer(ptr) {
		panic(plainError("runtime.AddCleanup: ptr is equal to arg, cleanup will never run"))
	}
	object := objectOf(unsafe.Pointer(ptr))
	if object == 0 {
		return Cleanup{}
	}
	c := addCleanup(object, func() { cleanup(arg) })
	KeepAlive(ptr)
	return c
}

func addCleanup(object uintptr, run func()) Cleanup {
	specials.lastID++
	addSpecial(&special{object: object, kind: specialCleanup, id: specials.lastID, run: run})
	return Cleanup{specials.lastID, object}
}

// Stop cancels the cleanup call, unless it waits to be made already.
func (c Cleanup) Stop() {
	if c.id == 0 {
		return
	}
	s := findSpecial(c.object, specialCleanup, func(s *special) bool { return s.id == c.id })
	if s != nil {
		removeSpecial(s)
	}
}

// A Pinner keeps objects where they are and alive until it is told otherwise. No object ever moves.
type Pinner struct {
	refs []unsafe.Pointer
}

// Pin keeps the object that pointer refers to alive.
func (p *Pinner) Pin(pointer any) {
	p.refs = append(p.refs, efaceOf(&pointer).Data)
}

// Unpin lets all pinned objects go.
func (p *Pinner) Unpin() { p.refs = nil }
