//go:build !(wasm && polkadot)

package panichandler

func hostAbortOnPanic(message string) { panic(message) }
