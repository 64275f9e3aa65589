//go:build !(wasm && polkadot)

package storage

import (
	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/internal/memhost"
)

func state() *memhost.State { return &memhost.Current.State }

func hostGet(key []byte) ([]byte, bool) { return state().Get(memhost.Top, key) }

func hostRead(key, out []byte, offset uint32) (uint32, bool) {
	return state().Read(memhost.Top, key, out, offset)
}

func hostSet(key, value []byte) { state().Set(memhost.Top, key, value, true) }

func hostClear(key []byte) { state().Set(memhost.Top, key, nil, false) }

func hostExists(key []byte) bool { return state().Exists(memhost.Top, key) }

func hostClearPrefix(prefix []byte, limit uint32) hostapi.KillResult {
	return memhost.Kill(state().ClearPrefix(prefix, limit, nil))
}

func hostClearPrefixFrom(prefix []byte, limit uint32, cursor []byte) hostapi.RemovalResult {
	return state().ClearPrefix(prefix, limit, cursor)
}

func hostAppend(key, element []byte) { state().Append(key, element) }

func hostRoot(version hostapi.StateVersion) [32]byte { return state().StorageRoot(version) }

func hostChangesRoot(*[32]byte) ([]byte, bool) { return nil, false }

func hostNextKey(key []byte) ([]byte, bool) { return state().NextKey(memhost.Top, key) }

func hostStartTransaction() { state().Start() }

func hostRollbackTransaction() { state().Rollback() }

func hostCommitTransaction() { state().Commit() }
