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

// maxMemory is the number of results in memory that a finalizer may have.
const maxMemory = 2

// call calls the function. Its results are of no interest, but they are part of the code's signature (decision record
// 0001): the addresses for those in memory come first, and the type of the first other scalar counts.
func (f *finalizer) call(p unsafe.Pointer) {
	var args [maxMemory + 2]unsafe.Pointer
	n := 0
	first := abi.Invalid
	for _, t := range f.fun.OutSlice() {
		kind, count := scalarsOf(t)
		if count > maxScalars {
			if n == maxMemory {
				throw("runtime: finalizer " + typeString(&f.fun.Type) + " has too many large results")
			}
			args[n] = newobject(t)
			n++
		} else if first == abi.Invalid {
			first = kind
		}
	}
	if in := f.fun.In(0); in.Kind() == abi.Interface {
		args[n] = unsafe.Pointer(f.ptr)
		if iface := (*abi.InterfaceType)(unsafe.Pointer(in)); len(iface.Methods) != 0 {
			args[n] = unsafe.Pointer(assertE2I(iface, &f.ptr.Type))
		}
		n++
	}
	args[n] = p
	a, b, c, d := args[0], args[1], args[2], args[3]
	fn := unsafe.Pointer(&f.fn)
	switch n {
	case 0:
		switch first {
		case abi.Invalid:
			(*(*func(a unsafe.Pointer))(fn))(a)
		case abi.Int64:
			(*(*func(a unsafe.Pointer) int64)(fn))(a)
		case abi.Float32:
			(*(*func(a unsafe.Pointer) float32)(fn))(a)
		case abi.Float64:
			(*(*func(a unsafe.Pointer) float64)(fn))(a)
		default:
			(*(*func(a unsafe.Pointer) int32)(fn))(a)
		}
	case 1:
		switch first {
		case abi.Invalid:
			(*(*func(a, b unsafe.Pointer))(fn))(a, b)
		case abi.Int64:
			(*(*func(a, b unsafe.Pointer) int64)(fn))(a, b)
		case abi.Float32:
			(*(*func(a, b unsafe.Pointer) float32)(fn))(a, b)
		case abi.Float64:
			(*(*func(a, b unsafe.Pointer) float64)(fn))(a, b)
		default:
			(*(*func(a, b unsafe.Pointer) int32)(fn))(a, b)
		}
	case 2:
		switch first {
		case abi.Invalid:
			(*(*func(a, b, c unsafe.Pointer))(fn))(a, b, c)
		case abi.Int64:
			(*(*func(a, b, c unsafe.Pointer) int64)(fn))(a, b, c)
		case abi.Float32:
			(*(*func(a, b, c unsafe.Pointer) float32)(fn))(a, b, c)
		case abi.Float64:
			(*(*func(a, b, c unsafe.Pointer) float64)(fn))(a, b, c)
		default:
			(*(*func(a, b, c unsafe.Pointer) int32)(fn))(a, b, c)
		}
	default:
		switch first {
		case abi.Invalid:
			(*(*func(a, b, c, d unsafe.Pointer))(fn))(a, b, c, d)
		case abi.Int64:
			(*(*func(a, b, c, d unsafe.Pointer) int64)(fn))(a, b, c, d)
		case abi.Float32:
			(*(*func(a, b, c, d unsafe.Pointer) float32)(fn))(a, b, c, d)
		case abi.Float64:
			(*(*func(a, b, c, d unsafe.Pointer) float64)(fn))(a, b, c, d)
		default:
			(*(*func(a, b, c, d unsafe.Pointer) int32)(fn))(a, b, c, d)
		}
	}
}

// maxScalars is the number of scalars beyond which a value lives in memory.
const maxScalars = 16

// scalarsOf returns the kind of the first scalar of a type, with those of at most 32 bits that are no floats as
// abi.Int32, and how many scalars there are: more than maxScalars where values of the type live in memory.
func scalarsOf(t *abi.Type) (first abi.Kind, count int) {
	switch t.Kind() {
	case abi.Int64, abi.Uint64:
		return abi.Int64, 1
	case abi.Float32:
		return abi.Float32, 1
	case abi.Complex64:
		return abi.Float32, 2
	case abi.Float64:
		return abi.Float64, 1
	case abi.Complex128:
		return abi.Float64, 2
	case abi.String, abi.Interface:
		return abi.Int32, 2
	case abi.Slice:
		return abi.Int32, 3
	case abi.Array:
		switch a := (*abi.ArrayType)(unsafe.Pointer(t)); a.Len {
		case 0:
			return abi.Invalid, 0
		case 1:
			return scalarsOf(a.Elem)
		}
		return abi.Invalid, maxScalars + 1
	case abi.Struct:
		fields := (*abi.StructType)(unsafe.Pointer(t)).Fields
		for i := range fields {
			kind, n := scalarsOf(fields[i].Typ)
			if count == 0 {
				first = kind
			}
			count += n
		}
		return first, count
	}
	return abi.Int32, 1
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
