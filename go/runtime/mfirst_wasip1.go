//go:build wasip1 && !polkadot

package runtime

import "internal/abi"

// Programs have no objects beside the heap: a finalizer may be set for each.

func mallocFirst(size uintptr, typ *abi.Type, scan uintptr) uintptr { return 0 }

func markFirst() {}

func allocatedFirst() (objects, bytes uint64) { return 0, 0 }
