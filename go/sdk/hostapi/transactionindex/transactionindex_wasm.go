//go:build wasm && polkadot

package transactionindex

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_transaction_index_index_version_1
func ext_transaction_index_index_version_1(extrinsic, size, hash uint32)

//go:wasmimport env ext_transaction_index_renew_version_1
func ext_transaction_index_renew_version_1(extrinsic, hash uint32)

func hostIndex(extrinsic, size uint32, hash *[32]byte) {
	ext_transaction_index_index_version_1(extrinsic, size, host.Pointer(hash))
}

func hostRenew(extrinsic uint32, hash *[32]byte) {
	ext_transaction_index_renew_version_1(extrinsic, host.Pointer(hash))
}
