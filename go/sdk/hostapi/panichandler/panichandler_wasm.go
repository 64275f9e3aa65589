//go:build wasm && polkadot

package panichandler

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_panic_handler_abort_on_panic_version_1
func ext_panic_handler_abort_on_panic_version_1(message uint64)

// The exit of a runtime is a trap.
//
//go:wasmimport wasi_snapshot_preview1 proc_exit
func proc_exit(code int32)

// The host notes the message, and reports it with the trap that follows.
func hostAbortOnPanic(message string) {
	ext_panic_handler_abort_on_panic_version_1(host.String(message))
	proc_exit(1)
}
