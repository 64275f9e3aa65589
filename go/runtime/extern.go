package runtime

import "internal/goarch"

// Part of the package's exported interface; the rest comes with what it belongs to.

// Compiler is the name of the compiler toolchain that built the running program.
const Compiler = "polkago"

// GOOS is the running program's operating system target.
const GOOS = "wasip1"

// GOARCH is the running program's architecture target.
const GOARCH string = goarch.GOARCH

// The Error interface identifies a run time error.
type Error interface {
	error

	// RuntimeError tells run-time errors from ordinary ones.
	RuntimeError()
}

// KeepAlive marks its argument as reachable up to this point.
//
//go:noinline
func KeepAlive(x any) {}

// NumCPU returns the number of CPUs that the program can use.
func NumCPU() int { return 1 }

// GOMAXPROCS reports how many threads run Go code at the same time: always one.
func GOMAXPROCS(n int) int { return 1 }

// NumGoroutine returns the number of goroutines that exist.
func NumGoroutine() int { return 1 }

// Gosched lets other goroutines run.
func Gosched() {}
