//go:build wasm && polkadot

package childstorage

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_default_child_storage_set_version_1
func ext_default_child_storage_set_version_1(storageKey, key, value uint64)

//go:wasmimport env ext_default_child_storage_clear_version_1
func ext_default_child_storage_clear_version_1(storageKey, key uint64)

//go:wasmimport env ext_default_child_storage_exists_version_1
func ext_default_child_storage_exists_version_1(storageKey, key uint64) uint32

func hostSet(storageKey, key, value []byte) {
	ext_default_child_storage_set_version_1(host.Bytes(storageKey), host.Bytes(key), host.Bytes(value))
}

func hostClear(storageKey, key []byte) {
	ext_default_child_storage_clear_version_1(host.Bytes(storageKey), host.Bytes(key))
}

func hostExists(storageKey, key []byte) bool {
	return ext_default_child_storage_exists_version_1(host.Bytes(storageKey), host.Bytes(key)) != 0
}
