// Package allocator is the host's allocator (Polkadot specification, "Allocator"). The heap of a Go program takes its
// memory from there by itself; this package is for memory that the host is going to free.
package allocator

// Malloc returns the address in linear memory of size bytes. The host traps where it has none.
func Malloc(size uint32) (address uint32) { return hostMalloc(size) }

// Free gives back the memory at an address that [Malloc] or another function of the host returned.
func Free(address uint32) { hostFree(address) }
