//go:build !wasm

package panichandler

func hostAbortOnPanic(message string) { panic(message) }
