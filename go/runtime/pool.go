package runtime

import _ "unsafe" // for go:linkname

// Pools of package sync. What they hold lives through one collection, in which it becomes the pool's victims, and is
// gone after the next one. A program that neither puts into a pool nor gets from one has none of this.

// pinned is the number of sections that run in which a pool must stay as it is. None of them ever waits, but some
// allocate.
var pinned int

//go:linkname sync_runtime_procPin sync.runtime_procPin
func sync_runtime_procPin() int {
	pinned++
	return 0
}

//go:linkname sync_runtime_procUnpin sync.runtime_procUnpin
func sync_runtime_procUnpin() { pinned-- }

// sync_runtime_registerPoolCleanup has nothing to remember: clearPools knows the function by its name, and so what
// nobody needs can be left out.
//
//go:linkname sync_runtime_registerPoolCleanup sync.runtime_registerPoolCleanup
func sync_runtime_registerPoolCleanup(cleanup func()) {}

//go:linkname sync_poolCleanup sync.poolCleanup
func sync_poolCleanup()

// clearPools is called as a collection begins. It does not allocate.
//
//go:ifreached sync_runtime_procPin
func clearPools() {
	if pinned == 0 {
		sync_poolCleanup()
	}
}
