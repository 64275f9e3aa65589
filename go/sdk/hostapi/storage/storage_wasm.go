//go:build wasm && polkadot

package storage

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_storage_set_version_1
func ext_storage_set_version_1(key, value uint64)

//go:wasmimport env ext_storage_clear_version_1
func ext_storage_clear_version_1(key uint64)

//go:wasmimport env ext_storage_exists_version_1
func ext_storage_exists_version_1(key uint64) uint32

//go:wasmimport env ext_storage_append_version_1
func ext_storage_append_version_1(key, value uint64)

//go:wasmimport env ext_storage_start_transaction_version_1
func ext_storage_start_transaction_version_1()

//go:wasmimport env ext_storage_rollback_transaction_version_1
func ext_storage_rollback_transaction_version_1()

//go:wasmimport env ext_storage_commit_transaction_version_1
func ext_storage_commit_transaction_version_1()

func hostSet(key, value []byte) { ext_storage_set_version_1(host.Bytes(key), host.Bytes(value)) }

func hostClear(key []byte) { ext_storage_clear_version_1(host.Bytes(key)) }

func hostExists(key []byte) bool { return ext_storage_exists_version_1(host.Bytes(key)) != 0 }

func hostAppend(key, element []byte) {
	ext_storage_append_version_1(host.Bytes(key), host.Bytes(element))
}

func hostStartTransaction() { ext_storage_start_transaction_version_1() }

func hostRollbackTransaction() { ext_storage_rollback_transaction_version_1() }

func hostCommitTransaction() { ext_storage_commit_transaction_version_1() }
