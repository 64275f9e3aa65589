// Package panichandler ends calls with a message for whoever made them.
package panichandler

// AbortOnPanic ends the call with an error that has the message. It does not return. Only nodes of polkadot-sdk have
// it; a Go panic logs its message and traps instead.
func AbortOnPanic(message string) { hostAbortOnPanic(message) }
