package runtime

import "unsafe"

// Finalizers and cleanups. The language lets them run late or never; none runs yet.

// SetFinalizer checks its arguments. The finalizer is never called.
func SetFinalizer(obj any, finalizer any) {
	if obj == nil {
		throw("runtime.SetFinalizer: first argument is nil")
	}
}

// A Cleanup is a handle to a cleanup call for an object.
type Cleanup struct {
	id uint64
}

// AddCleanup registers a function to be called some time after ptr is no longer reachable. It is never called.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	if ptr == nil {
		panic("runtime.AddCleanup: ptr is nil")
	}
	return Cleanup{}
}

// Stop cancels the cleanup call.
func (c Cleanup) Stop() {}

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
