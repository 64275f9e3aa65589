package runtime

import _ "unsafe" // for go:linkname

// What os/signal asks of the runtime: the host sends no signals.

//go:linkname signal_disable os/signal.signal_disable
func signal_disable(sig uint32) {}

//go:linkname signal_enable os/signal.signal_enable
func signal_enable(sig uint32) {}

//go:linkname signal_ignore os/signal.signal_ignore
func signal_ignore(sig uint32) {}

//go:linkname signal_ignored os/signal.signal_ignored
func signal_ignored(sig uint32) bool { return false }

//go:linkname signalWaitUntilIdle os/signal.signalWaitUntilIdle
func signalWaitUntilIdle() {}

// signal_recv waits for a signal for ever.
//
//go:linkname signal_recv os/signal.signal_recv
func signal_recv() uint32 {
	goparkforever("signal wait")
	return 0
}
