//go:build wasm && polkadot

package misc

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_misc_print_num_version_1
func ext_misc_print_num_version_1(n uint64)

//go:wasmimport env ext_misc_print_utf8_version_1
func ext_misc_print_utf8_version_1(text uint64)

//go:wasmimport env ext_misc_print_hex_version_1
func ext_misc_print_hex_version_1(data uint64)

func hostPrintNum(n uint64) { ext_misc_print_num_version_1(n) }

func hostPrintUTF8(text []byte) { ext_misc_print_utf8_version_1(host.Bytes(text)) }

func hostPrintHex(data []byte) { ext_misc_print_hex_version_1(host.Bytes(data)) }
