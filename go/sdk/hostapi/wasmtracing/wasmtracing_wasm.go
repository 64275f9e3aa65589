//go:build wasm && polkadot

package wasmtracing

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_wasm_tracing_enabled_version_1
func ext_wasm_tracing_enabled_version_1(metadata uint64) uint32

//go:wasmimport env ext_wasm_tracing_enter_span_version_1
func ext_wasm_tracing_enter_span_version_1(entry uint64) uint64

//go:wasmimport env ext_wasm_tracing_event_version_1
func ext_wasm_tracing_event_version_1(entry uint64)

//go:wasmimport env ext_wasm_tracing_exit_version_1
func ext_wasm_tracing_exit_version_1(span uint64)

func hostEnabled(metadata []byte) bool {
	return ext_wasm_tracing_enabled_version_1(host.Bytes(metadata)) != 0
}

func hostEnterSpan(entry []byte) uint64 {
	return ext_wasm_tracing_enter_span_version_1(host.Bytes(entry))
}

func hostEvent(entry []byte) { ext_wasm_tracing_event_version_1(host.Bytes(entry)) }

func hostExit(span uint64) { ext_wasm_tracing_exit_version_1(span) }
