//go:build wasm && polkadot && !polkago_rfc145

package misc

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_misc_runtime_version_version_1
func ext_misc_runtime_version_version_1(wasm uint64) uint64

func hostRuntimeVersion(wasm []byte) ([]byte, bool) {
	return host.TakeOptionBytes(ext_misc_runtime_version_version_1(host.Bytes(wasm)))
}
