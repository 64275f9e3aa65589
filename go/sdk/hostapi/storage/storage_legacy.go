//go:build wasm && polkadot && !polkago_rfc145

package storage

import (
	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/internal/host"
)

//go:wasmimport env ext_storage_get_version_1
func ext_storage_get_version_1(key uint64) uint64

//go:wasmimport env ext_storage_read_version_1
func ext_storage_read_version_1(key, out uint64, offset uint32) uint64

//go:wasmimport env ext_storage_clear_prefix_version_2
func ext_storage_clear_prefix_version_2(prefix, limit uint64) uint64

//go:wasmimport env ext_storage_clear_prefix_version_3
func ext_storage_clear_prefix_version_3(prefix, limit, cursor uint64) uint64

//go:wasmimport env ext_storage_root_version_2
func ext_storage_root_version_2(version uint32) uint64

//go:wasmimport env ext_storage_changes_root_version_1
func ext_storage_changes_root_version_1(parent uint64) uint64

//go:wasmimport env ext_storage_next_key_version_1
func ext_storage_next_key_version_1(key uint64) uint64

func hostGet(key []byte) ([]byte, bool) {
	return host.TakeOptionBytes(ext_storage_get_version_1(host.Bytes(key)))
}

func hostRead(key, out []byte, offset uint32) (uint32, bool) {
	return host.TakeOptionU32(ext_storage_read_version_1(host.Bytes(key), host.Bytes(out), offset))
}

func hostClearPrefix(prefix []byte, limit uint32) hostapi.KillResult {
	most := host.AppendLimit(make([]byte, 0, 5), limit)
	return host.TakeKillResult(ext_storage_clear_prefix_version_2(host.Bytes(prefix), host.Bytes(most)))
}

func hostClearPrefixFrom(prefix []byte, limit uint32, cursor []byte) hostapi.RemovalResult {
	most := host.AppendLimit(make([]byte, 0, 5), limit)
	from := host.AppendOptionBytes(nil, cursor)
	return host.TakeRemovalResult(
		ext_storage_clear_prefix_version_3(host.Bytes(prefix), host.Bytes(most), host.Bytes(from)))
}

func hostRoot(version hostapi.StateVersion) [32]byte {
	return host.TakeHash(ext_storage_root_version_2(uint32(version)))
}

func hostChangesRoot(parent *[32]byte) ([]byte, bool) {
	return host.TakeOptionBytes(ext_storage_changes_root_version_1(host.Bytes(parent[:])))
}

func hostNextKey(key []byte) ([]byte, bool) {
	return host.TakeOptionBytes(ext_storage_next_key_version_1(host.Bytes(key)))
}
