//go:build wasm && polkadot && !polkago_rfc145

package offchain

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_offchain_submit_transaction_version_1
func ext_offchain_submit_transaction_version_1(extrinsic uint64) uint64

//go:wasmimport env ext_offchain_random_seed_version_1
func ext_offchain_random_seed_version_1() uint32

//go:wasmimport env ext_offchain_local_storage_get_version_1
func ext_offchain_local_storage_get_version_1(kind uint32, key uint64) uint64

func hostSubmitTransaction(extrinsic []byte) bool {
	_, _, ok := host.TakeResultFixed[struct{}](ext_offchain_submit_transaction_version_1(host.Bytes(extrinsic)))
	return ok
}

func hostGet(kind Kind, key []byte) ([]byte, bool) {
	return host.TakeOptionBytes(ext_offchain_local_storage_get_version_1(uint32(kind), host.Bytes(key)))
}

func hostRandomSeed() [32]byte { return host.TakeFixed[[32]byte](ext_offchain_random_seed_version_1()) }
