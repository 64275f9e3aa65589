//go:build wasm && polkadot && polkago_rfc145

package storage

import (
	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/internal/host"
)

//go:wasmimport env ext_storage_read_version_2
func ext_storage_read_version_2(key, out uint64, offset, partial uint32) uint64

//go:wasmimport env ext_storage_clear_prefix_version_3
func ext_storage_clear_prefix_version_3(prefix, limit, from, next uint64, counters uint32) uint32

//go:wasmimport env ext_storage_root_version_3
func ext_storage_root_version_3(out uint64)

//go:wasmimport env ext_storage_next_key_version_2
func ext_storage_next_key_version_2(key, out uint64) uint32

func hostGet(key []byte) ([]byte, bool) {
	return host.Read(func(out uint64, offset uint32) uint64 {
		return ext_storage_read_version_2(host.Bytes(key), out, offset, 1)
	})
}

func hostRead(key, out []byte, offset uint32) (uint32, bool) {
	return host.ReadFrom(ext_storage_read_version_2(host.Bytes(key), host.Bytes(out), offset, 1), offset)
}

func hostClearPrefix(prefix []byte, limit uint32) hostapi.KillResult {
	r := hostClearPrefixFrom(prefix, limit, nil)
	return hostapi.KillResult{SomeRemaining: r.Cursor != nil, Loops: r.Loops}
}

func hostClearPrefixFrom(prefix []byte, limit uint32, cursor []byte) hostapi.RemovalResult {
	return host.Remove(func(next uint64, counters uint32) uint32 {
		return ext_storage_clear_prefix_version_3(
			host.Bytes(prefix), host.Limit(limit), host.OptionBytes(cursor), next, counters)
	})
}

// hostRoot leaves the version to the host, which knows it from the runtime's version.
func hostRoot(hostapi.StateVersion) (root [32]byte) {
	ext_storage_root_version_3(host.Bytes(root[:]))
	return root
}

// hostChangesRoot finds none: the host has not had any for long, and RFC-145 leaves the function out.
func hostChangesRoot(*[32]byte) ([]byte, bool) { return nil, false }

func hostNextKey(key []byte) ([]byte, bool) {
	return host.ReadWhole(func(out uint64) uint64 {
		return uint64(ext_storage_next_key_version_2(host.Bytes(key), out))
	})
}
