//go:build wasm && polkadot && polkago_rfc145

package childstorage

import (
	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/internal/host"
)

//go:wasmimport env ext_default_child_storage_read_version_2
func ext_default_child_storage_read_version_2(storageKey, key, out uint64, offset, partial uint32) uint64

//go:wasmimport env ext_default_child_storage_storage_kill_version_4
func ext_default_child_storage_storage_kill_version_4(storageKey, limit, from, next uint64, counters uint32) uint32

//go:wasmimport env ext_default_child_storage_clear_prefix_version_3
func ext_default_child_storage_clear_prefix_version_3(child, prefix, limit, from, next uint64, counters uint32) uint32

//go:wasmimport env ext_default_child_storage_root_version_3
func ext_default_child_storage_root_version_3(storageKey, out uint64)

//go:wasmimport env ext_default_child_storage_next_key_version_2
func ext_default_child_storage_next_key_version_2(storageKey, key, out uint64) uint32

func hostGet(storageKey, key []byte) ([]byte, bool) {
	return host.Read(func(out uint64, offset uint32) uint64 {
		return ext_default_child_storage_read_version_2(host.Bytes(storageKey), host.Bytes(key), out, offset, 1)
	})
}

func hostRead(storageKey, key, out []byte, offset uint32) (uint32, bool) {
	n := ext_default_child_storage_read_version_2(host.Bytes(storageKey), host.Bytes(key), host.Bytes(out), offset, 1)
	return host.ReadFrom(n, offset)
}

func hostKill(storageKey []byte, limit uint32) hostapi.KillResult {
	r := hostKillFrom(storageKey, limit, nil)
	return hostapi.KillResult{SomeRemaining: r.Cursor != nil, Loops: r.Loops}
}

func hostKillFrom(storageKey []byte, limit uint32, cursor []byte) hostapi.RemovalResult {
	return host.Remove(func(next uint64, counters uint32) uint32 {
		return ext_default_child_storage_storage_kill_version_4(
			host.Bytes(storageKey), host.Limit(limit), host.OptionBytes(cursor), next, counters)
	})
}

func hostClearPrefix(storageKey, prefix []byte, limit uint32) hostapi.KillResult {
	r := hostClearPrefixFrom(storageKey, prefix, limit, nil)
	return hostapi.KillResult{SomeRemaining: r.Cursor != nil, Loops: r.Loops}
}

func hostClearPrefixFrom(storageKey, prefix []byte, limit uint32, cursor []byte) hostapi.RemovalResult {
	return host.Remove(func(next uint64, counters uint32) uint32 {
		return ext_default_child_storage_clear_prefix_version_3(host.Bytes(storageKey), host.Bytes(prefix),
			host.Limit(limit), host.OptionBytes(cursor), next, counters)
	})
}

// hostRoot leaves the version to the host, which knows it from the runtime's version.
func hostRoot(storageKey []byte, _ hostapi.StateVersion) (root [32]byte) {
	ext_default_child_storage_root_version_3(host.Bytes(storageKey), host.Bytes(root[:]))
	return root
}

func hostNextKey(storageKey, key []byte) ([]byte, bool) {
	return host.ReadWhole(func(out uint64) uint64 {
		return uint64(ext_default_child_storage_next_key_version_2(host.Bytes(storageKey), host.Bytes(key), out))
	})
}
