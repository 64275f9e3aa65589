package runtime

import "unsafe"

// What other packages of the standard library ask of the runtime by its names there.

//go:linkname bytealg_MakeNoZero internal/bytealg.MakeNoZero
func bytealg_MakeNoZero(n int) []byte {
	if n < 0 {
		panicmakeslicelen()
	}
	return unsafe.Slice((*byte)(mallocgc(uintptr(n), nil)), n)
}

//go:linkname sync_runtime_notifyListCheck sync.runtime_notifyListCheck
func sync_runtime_notifyListCheck(size uintptr) {}

//go:linkname sync_throw sync.throw
func sync_throw(s string) { throw(s) }

//go:linkname sync_fatal sync.fatal
func sync_fatal(s string) { throw(s) }

//go:linkname internal_sync_throw internal/sync.throw
func internal_sync_throw(s string) { throw(s) }

//go:linkname internal_sync_fatal internal/sync.fatal
func internal_sync_fatal(s string) { throw(s) }

//go:linkname sync_atomic_runtime_procPin sync/atomic.runtime_procPin
func sync_atomic_runtime_procPin() int { return 0 }

//go:linkname sync_atomic_runtime_procUnpin sync/atomic.runtime_procUnpin
func sync_atomic_runtime_procUnpin() {}

//go:linkname sync_runtime_LoadAcquintptr internal/runtime/atomic.LoadAcquintptr
func sync_runtime_LoadAcquintptr(ptr *uintptr) uintptr { return *ptr }

//go:linkname sync_runtime_StoreReluintptr internal/runtime/atomic.StoreReluintptr
func sync_runtime_StoreReluintptr(ptr *uintptr, val uintptr) { *ptr = val }

//go:linkname atomic_storePointer internal/runtime/atomic.storePointer
func atomic_storePointer(ptr *unsafe.Pointer, new unsafe.Pointer) { *ptr = new }

//go:linkname atomic_storepNoWB internal/runtime/atomic.StorepNoWB
func atomic_storepNoWB(ptr unsafe.Pointer, val unsafe.Pointer) { *(*unsafe.Pointer)(ptr) = val }

//go:linkname atomic_casPointer internal/runtime/atomic.casPointer
func atomic_casPointer(ptr *unsafe.Pointer, old, new unsafe.Pointer) bool {
	if *ptr != old {
		return false
	}
	*ptr = new
	return true
}

// randn returns a pseudo-random number below n.
func randn(n uint32) uint32 { return uint32(uint64(uint32(rand())) * uint64(n) >> 32) }
