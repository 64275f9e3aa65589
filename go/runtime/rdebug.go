package runtime

import _ "unsafe" // for go:linkname

// What runtime/debug and the cryptographic packages ask of the runtime.

// Settings of the memory limit and of the collector's pace are remembered, so that setting one returns the former.
var settings = struct {
	gcPercent    int32
	maxStack     int
	maxThreads   int
	memoryLimit  int64
	panicOnFault bool
}{100, 250000000, 10000, 1<<63 - 1, false}

//go:linkname setGCPercent runtime/debug.setGCPercent
func setGCPercent(in int32) (out int32) {
	out = settings.gcPercent
	settings.gcPercent = max(in, -1)
	setNextGC()
	return out
}

//go:linkname setMemoryLimit runtime/debug.setMemoryLimit
func setMemoryLimit(in int64) (out int64) {
	out = settings.memoryLimit
	if in >= 0 {
		settings.memoryLimit = in
		setNextGC()
	}
	return out
}

//go:linkname setMaxStack runtime/debug.setMaxStack
func setMaxStack(in int) (out int) {
	out = settings.maxStack
	settings.maxStack = in
	return out
}

//go:linkname setMaxThreads runtime/debug.setMaxThreads
func setMaxThreads(in int) (out int) {
	out = settings.maxThreads
	settings.maxThreads = in
	return out
}

//go:linkname setPanicOnFault runtime/debug.setPanicOnFault
func setPanicOnFault(in bool) (out bool) {
	out = settings.panicOnFault
	settings.panicOnFault = in
	return out
}

//go:linkname setTraceback runtime/debug.SetTraceback
func setTraceback(level string) {}

// setCrashFD reports that there was no other descriptor for fatal errors. They go to standard error alone.
func setCrashFD(fd uintptr) uintptr { return ^uintptr(0) }

//go:linkname debug_freeOSMemory runtime/debug.freeOSMemory
func debug_freeOSMemory() { GC() }

//go:linkname debug_WriteHeapDump runtime/debug.WriteHeapDump
func debug_WriteHeapDump(fd uintptr) {}

// debug_modinfo returns what the linker knows of the program's modules: nothing.
//
//go:linkname debug_modinfo runtime/debug.modinfo
func debug_modinfo() string { return "" }

//go:linkname rand_fatal crypto/rand.fatal
func rand_fatal(s string) { throw(s) }

//go:linkname sysrand_fatal crypto/internal/sysrand.fatal
func sysrand_fatal(s string) { throw(s) }

//go:linkname fips_fatal crypto/internal/fips140.fatal
func fips_fatal(s string) { throw(s) }

// fipsIndicator is the service indicator of the cryptographic module.
var fipsIndicator uint8

//go:linkname fips_getIndicator crypto/internal/fips140.getIndicator
func fips_getIndicator() uint8 { return fipsIndicator }

//go:linkname fips_setIndicator crypto/internal/fips140.setIndicator
func fips_setIndicator(indicator uint8) { fipsIndicator = indicator }

var fipsBypass bool

//go:linkname fips140_setBypass crypto/fips140.setBypass
func fips140_setBypass() { fipsBypass = true }

//go:linkname fips140_unsetBypass crypto/fips140.unsetBypass
func fips140_unsetBypass() { fipsBypass = false }

//go:linkname fips140_isBypassed crypto/fips140.isBypassed
func fips140_isBypassed() bool { return fipsBypass }

// The processor has no mode whose timing is independent of data.
//
//go:linkname dit_setEnabled crypto/subtle.setDITEnabled
func dit_setEnabled() bool { return false }

//go:linkname dit_setDisabled crypto/subtle.setDITDisabled
func dit_setDisabled() {}

// The markers of the official toolchain's checks for certified cryptography have no meaning here.

//go:linkname sig_BoringCrypto crypto/internal/boring/sig.BoringCrypto
func sig_BoringCrypto() {}

//go:linkname sig_FIPSOnly crypto/internal/boring/sig.FIPSOnly
func sig_FIPSOnly() {}

//go:linkname sig_StandardCrypto crypto/internal/boring/sig.StandardCrypto
func sig_StandardCrypto() {}
