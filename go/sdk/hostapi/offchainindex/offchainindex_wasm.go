//go:build wasm && polkadot

package offchainindex

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_offchain_index_set_version_1
func ext_offchain_index_set_version_1(key, value uint64)

//go:wasmimport env ext_offchain_index_clear_version_1
func ext_offchain_index_clear_version_1(key uint64)

func hostSet(key, value []byte) { ext_offchain_index_set_version_1(host.Bytes(key), host.Bytes(value)) }

func hostClear(key []byte) { ext_offchain_index_clear_version_1(host.Bytes(key)) }
