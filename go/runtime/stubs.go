package runtime

import "unsafe"

// The functions of this file have no body: the compiler expands each call in place.

// memorySize returns the size of linear memory in pages of 64 KiB.
func memorySize() int32

// memoryGrow adds pages of 64 KiB to linear memory. It returns the former size in pages, or -1.
func memoryGrow(pages int32) int32

// shadowSP returns the address of the newest shadow frame.
func shadowSP() uintptr

// setShadowSP makes the frame at an address the newest one.
func setShadowSP(sp uintptr)

// stackLo returns the lowest address to which the main stack may grow.
func stackLo() uintptr

// stackLimit returns the lowest address to which the stack in use may grow, in programs with goroutines.
func stackLimit() uintptr

// setStackLimit sets it.
func setStackLimit(limit uintptr)

// stackReserve returns how many bytes of frames the functions need that morestack and lessstack reach.
func stackReserve() uintptr

// exitReason returns why calls leave early (decision record 0003): exitNone, exitUnwind or exitSuspend.
func exitReason() int32

// setExit sets it.
func setExit(reason int32)

// clearResults makes the globals null through which calls give their second and later results. Whoever collects does so,
// because a call that leaves early does not write them (decision record 0003).
func clearResults()

// tableCall calls the function at a place in the table, which takes and returns nothing.
func tableCall(index uintptr)

// lessstackIndex returns the place of lessstack in the table.
func lessstackIndex() uintptr

// stackHi returns the address behind the shadow stack, where the outermost frame ends.
func stackHi() uintptr

// arenaStart returns the start of the first heap arena, a part of the module's initial memory.
func arenaStart() uintptr

// arenaEnd returns the end of the first heap arena.
func arenaEnd() uintptr

// rootsAddr returns the address of the table of static roots: the address of each mutable word of static data
// that holds a reference.
func rootsAddr() uintptr

// rootsLen returns the number of entries of the table at rootsAddr.
func rootsLen() uintptr

// gcLeaking reports whether the program was built with --gc=leaking, which never collects.
func gcLeaking() bool

// gcStress reports whether the program was built with --gc-stress, which collects at every allocation (mgcstress.go).
func gcStress() bool

// callSites returns the address of the tables of call sites, 0 without --trace=full.
func callSites() uintptr

// callSitesLen returns the number of call sites.
func callSitesLen() uintptr

// tableLen returns the number of entries of the function table.
func tableLen() uintptr

// exiting returns why the call directly before it left early: 0 if it did not. Behind such a call the function goes on
// only where it stands (decision record 0003).
func exiting() int32

// leave leaves the function early.
func leave()

// setDeferCallee says which code a panic calls next.
func setDeferCallee(code uintptr)

// load32 reads the word at an address.
func load32(addr uintptr) uintptr

// store32 writes the word at an address.
func store32(addr, value uintptr)

// trap stops the program: WebAssembly's unreachable.
func trap()

// memmove copies n bytes; the ranges may overlap.
func memmove(to, from unsafe.Pointer, n uintptr)

// memmoveNoPointers is memmove for bytes without pointers among them.
func memmoveNoPointers(to, from unsafe.Pointer, n uintptr)

// memclrNoHeapPointers sets n bytes to zero.
func memclrNoHeapPointers(ptr unsafe.Pointer, n uintptr)
