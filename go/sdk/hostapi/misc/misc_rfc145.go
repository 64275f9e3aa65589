//go:build wasm && polkadot && polkago_rfc145

package misc

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_misc_runtime_version_version_2
func ext_misc_runtime_version_version_2(wasm, out uint64) uint64

func hostRuntimeVersion(wasm []byte) ([]byte, bool) {
	return host.ReadWhole(func(out uint64) uint64 {
		return ext_misc_runtime_version_version_2(host.Bytes(wasm), out)
	})
}
