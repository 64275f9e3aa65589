//go:build polkadot

package runtime

// A call of a runtime has no clock that all nodes agree on. Its time is virtual: it stands still while goroutines run
// and jumps to the next timer when all of them wait.

// virtualTime is the time of the call in nanoseconds.
var virtualTime int64 = 1

// nanotime returns the virtual time.
func nanotime() int64 { return virtualTime }

// sleepUntil makes it that time.
func sleepUntil(when int64) { virtualTime = max(virtualTime, when) }
