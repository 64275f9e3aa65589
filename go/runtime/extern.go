package runtime

import (
	"internal/goarch"
	"unsafe"
)

// Compiler is the name of the compiler toolchain that built the running program.
const Compiler = "polkago"

// GOOS is the running program's operating system target.
const GOOS string = "wasip1"

// GOARCH is the running program's architecture target.
const GOARCH string = goarch.GOARCH

// buildVersion is the name of the Go release whose standard library the program is built from. The compiler gives
// it its value.
var buildVersion string

// Version returns the version of Go of the running program: that of its standard library.
func Version() string { return buildVersion }

// GOROOT returns the environment variable of that name. There is no Go tree at a place known when the program was
// built, as under the official compiler's -trimpath.
//
// Deprecated: the tree of a program's build is of no meaning where the program runs.
func GOROOT() string {
	s, _ := gogetenv("GOROOT")
	return s
}

// KeepAlive marks its argument as reachable up to this point.
//
//go:noinline
func KeepAlive(x any) {}

// NumCPU returns the number of CPUs that the program can use.
func NumCPU() int { return 1 }

// NumCgoCall returns the number of calls of C code: there is none.
func NumCgoCall() int64 { return 0 }

// GOMAXPROCS reports how many threads run Go code at the same time: always one.
func GOMAXPROCS(n int) int { return 1 }

// SetDefaultGOMAXPROCS has nothing to set.
func SetDefaultGOMAXPROCS() {}

// LockOSThread does nothing: all goroutines share one thread anyway.
func LockOSThread() {}

// UnlockOSThread does nothing.
func UnlockOSThread() {}

// Breakpoint traps, so that a debugger of the host can look at the program.
func Breakpoint() { trap() }

// SetCgoTraceback does nothing: there is no C code.
func SetCgoTraceback(version int, traceback, context, symbolizer unsafe.Pointer) {}
