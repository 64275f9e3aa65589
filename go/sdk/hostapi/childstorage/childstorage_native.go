//go:build !(wasm && polkadot)

package childstorage

import (
	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/internal/memhost"
)

func state() *memhost.State { return &memhost.Current.State }

func hostGet(storageKey, key []byte) ([]byte, bool) {
	return state().Get(memhost.Child(storageKey), key)
}

func hostRead(storageKey, key, out []byte, offset uint32) (uint32, bool) {
	return state().Read(memhost.Child(storageKey), key, out, offset)
}

func hostSet(storageKey, key, value []byte) { state().Set(memhost.Child(storageKey), key, value, true) }

func hostClear(storageKey, key []byte) { state().Set(memhost.Child(storageKey), key, nil, false) }

func hostExists(storageKey, key []byte) bool { return state().Exists(memhost.Child(storageKey), key) }

func hostKill(storageKey []byte, limit uint32) hostapi.KillResult {
	return memhost.Kill(hostKillFrom(storageKey, limit, nil))
}

func hostKillFrom(storageKey []byte, limit uint32, cursor []byte) hostapi.RemovalResult {
	return state().Clear(memhost.Child(storageKey), nil, limit, cursor)
}

func hostClearPrefix(storageKey, prefix []byte, limit uint32) hostapi.KillResult {
	return memhost.Kill(hostClearPrefixFrom(storageKey, prefix, limit, nil))
}

func hostClearPrefixFrom(storageKey, prefix []byte, limit uint32, cursor []byte) hostapi.RemovalResult {
	return state().Clear(memhost.Child(storageKey), prefix, limit, cursor)
}

func hostRoot(storageKey []byte, version hostapi.StateVersion) [32]byte {
	return state().ChildRoot(storageKey, version)
}

func hostNextKey(storageKey, key []byte) ([]byte, bool) {
	return state().NextKey(memhost.Child(storageKey), key)
}
