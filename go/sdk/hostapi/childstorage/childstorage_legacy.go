//go:build wasm && polkadot && !polkago_rfc145

package childstorage

import (
	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/internal/host"
)

//go:wasmimport env ext_default_child_storage_get_version_1
func ext_default_child_storage_get_version_1(storageKey, key uint64) uint64

//go:wasmimport env ext_default_child_storage_read_version_1
func ext_default_child_storage_read_version_1(storageKey, key, out uint64, offset uint32) uint64

//go:wasmimport env ext_default_child_storage_storage_kill_version_3
func ext_default_child_storage_storage_kill_version_3(storageKey, limit uint64) uint64

//go:wasmimport env ext_default_child_storage_storage_kill_version_4
func ext_default_child_storage_storage_kill_version_4(storageKey, limit, cursor uint64) uint64

//go:wasmimport env ext_default_child_storage_clear_prefix_version_2
func ext_default_child_storage_clear_prefix_version_2(storageKey, prefix, limit uint64) uint64

//go:wasmimport env ext_default_child_storage_clear_prefix_version_3
func ext_default_child_storage_clear_prefix_version_3(storageKey, prefix, limit, cursor uint64) uint64

//go:wasmimport env ext_default_child_storage_root_version_2
func ext_default_child_storage_root_version_2(storageKey uint64, version uint32) uint64

//go:wasmimport env ext_default_child_storage_next_key_version_1
func ext_default_child_storage_next_key_version_1(storageKey, key uint64) uint64

func hostGet(storageKey, key []byte) ([]byte, bool) {
	return host.TakeOptionBytes(ext_default_child_storage_get_version_1(host.Bytes(storageKey), host.Bytes(key)))
}

func hostRead(storageKey, key, out []byte, offset uint32) (uint32, bool) {
	return host.TakeOptionU32(
		ext_default_child_storage_read_version_1(host.Bytes(storageKey), host.Bytes(key), host.Bytes(out), offset))
}

func hostKill(storageKey []byte, limit uint32) hostapi.KillResult {
	most := host.AppendLimit(make([]byte, 0, 5), limit)
	return host.TakeKillResult(ext_default_child_storage_storage_kill_version_3(host.Bytes(storageKey), host.Bytes(most)))
}

func hostKillFrom(storageKey []byte, limit uint32, cursor []byte) hostapi.RemovalResult {
	most := host.AppendLimit(make([]byte, 0, 5), limit)
	from := host.AppendOptionBytes(nil, cursor)
	return host.TakeRemovalResult(
		ext_default_child_storage_storage_kill_version_4(host.Bytes(storageKey), host.Bytes(most), host.Bytes(from)))
}

func hostClearPrefix(storageKey, prefix []byte, limit uint32) hostapi.KillResult {
	most := host.AppendLimit(make([]byte, 0, 5), limit)
	return host.TakeKillResult(
		ext_default_child_storage_clear_prefix_version_2(host.Bytes(storageKey), host.Bytes(prefix), host.Bytes(most)))
}

func hostClearPrefixFrom(storageKey, prefix []byte, limit uint32, cursor []byte) hostapi.RemovalResult {
	most := host.AppendLimit(make([]byte, 0, 5), limit)
	from := host.AppendOptionBytes(nil, cursor)
	return host.TakeRemovalResult(ext_default_child_storage_clear_prefix_version_3(
		host.Bytes(storageKey), host.Bytes(prefix), host.Bytes(most), host.Bytes(from)))
}

func hostRoot(storageKey []byte, version hostapi.StateVersion) [32]byte {
	return host.TakeHash(ext_default_child_storage_root_version_2(host.Bytes(storageKey), uint32(version)))
}

func hostNextKey(storageKey, key []byte) ([]byte, bool) {
	return host.TakeOptionBytes(ext_default_child_storage_next_key_version_1(host.Bytes(storageKey), host.Bytes(key)))
}
