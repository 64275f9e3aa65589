//go:build wasm

package panichandler

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_panic_handler_abort_on_panic_version_1
func ext_panic_handler_abort_on_panic_version_1(message uint64)

func hostAbortOnPanic(message string) {
	ext_panic_handler_abort_on_panic_version_1(host.String(message))
}
