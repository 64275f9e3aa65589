//go:build polkadot && !polkago_rfc145

package runtime

//go:wasmimport env ext_allocator_malloc_version_1
func ext_allocator_malloc(size uint32) uint32

const (
	// maxHostBlock is the most that the host's allocator gives at once (MAX_POSSIBLE_ALLOCATION of its primitives).
	maxHostBlock = 32 << 20

	// hostHeader is what stands before each of its blocks, and minHostBlock the size of the smallest ones.
	hostHeader   = 8
	minHostBlock = 8
)

// hostEnd is the end of the block that the host's allocator gave last.
var hostEnd uintptr

// sysAlloc returns the address of n bytes, a power of two, of memory from the host's allocator, or 0. The allocator
// traps where it has none, so what it cannot give is not asked for: it takes a block of the same size that was
// freed, or else the memory behind all others.
func sysAlloc(n uintptr) uintptr {
	if n > maxHostBlock {
		return 0
	}
	// Where that memory begins, two of the smallest blocks tell that stand side by side. Most often the first one
	// does, with the arena before it.
	for {
		p := uintptr(ext_allocator_malloc(minHostBlock))
		next := hostEnd + hostHeader
		hostEnd = p + minHostBlock
		if p == next {
			break
		}
	}
	// The host would let memory grow as far as it allows us to, so growing it here first is the one safe question.
	end := uint64(hostEnd) + hostHeader + uint64(n)
	more := int32((end+0xffff)>>16) - memorySize()
	if more > 0 && memoryGrow(more) < 0 {
		return 0
	}
	p := uintptr(ext_allocator_malloc(uint32(n)))
	hostEnd = p + n
	return p
}
