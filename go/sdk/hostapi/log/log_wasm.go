//go:build wasm && polkadot

package log

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_logging_log_version_1
func ext_logging_log_version_1(level uint32, target, message uint64)

//go:wasmimport env ext_logging_max_level_version_1
func ext_logging_max_level_version_1() uint32

func hostLog(level Level, target, message string) {
	ext_logging_log_version_1(uint32(level), host.String(target), host.String(message))
}

func hostMaxLevel() Filter { return Filter(ext_logging_max_level_version_1()) }
