//go:build wasm && polkadot && polkago_rfc145

package offchain

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_offchain_submit_transaction_version_2
func ext_offchain_submit_transaction_version_2(extrinsic uint64) int32

//go:wasmimport env ext_offchain_random_seed_version_2
func ext_offchain_random_seed_version_2(out uint32)

//go:wasmimport env ext_offchain_local_storage_read_version_1
func ext_offchain_local_storage_read_version_1(kind uint32, key, out uint64, offset uint32) uint64

func hostSubmitTransaction(extrinsic []byte) bool {
	return ext_offchain_submit_transaction_version_2(host.Bytes(extrinsic)) == 0
}

func hostRandomSeed() (seed [32]byte) {
	ext_offchain_random_seed_version_2(host.Pointer(&seed))
	return seed
}

func hostGet(kind Kind, key []byte) ([]byte, bool) {
	return host.ReadOptional(func(out uint64) uint64 {
		return ext_offchain_local_storage_read_version_1(uint32(kind), host.Bytes(key), out, 0)
	})
}
