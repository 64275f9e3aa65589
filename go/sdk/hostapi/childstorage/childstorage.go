// Package childstorage is the child tries of the state: maps from keys to values of their own, each under a storage
// key. The state trie has their roots. The transactions of package storage include them.
package childstorage

import "polkago.dev/sdk/hostapi"

// Get returns the value of a key in a child trie, and whether there is one. The value is the caller's.
func Get(storageKey, key []byte) (value []byte, ok bool) { return hostGet(storageKey, key) }

// Read copies the value of a key in a child trie from an offset into out, as much as fits. It returns how many bytes
// the value has from the offset, which may be more than out, and whether there is a value. Nothing is allocated.
func Read(storageKey, key, out []byte, offset uint32) (n uint32, ok bool) {
	return hostRead(storageKey, key, out, offset)
}

// Set gives a key in a child trie a value.
func Set(storageKey, key, value []byte) { hostSet(storageKey, key, value) }

// Clear removes a key of a child trie.
func Clear(storageKey, key []byte) { hostClear(storageKey, key) }

// Exists reports whether a key has a value in a child trie.
func Exists(storageKey, key []byte) bool { return hostExists(storageKey, key) }

// Kill removes the keys of a child trie: those that this block wrote, and of the others at most limit, or all with
// [hostapi.NoLimit].
func Kill(storageKey []byte, limit uint32) hostapi.KillResult { return hostKill(storageKey, limit) }

// KillFrom is [Kill] in steps: cursor is nil at first, then what the step before returned. Only nodes of polkadot-sdk
// have it.
func KillFrom(storageKey []byte, limit uint32, cursor []byte) hostapi.RemovalResult {
	return hostKillFrom(storageKey, limit, cursor)
}

// ClearPrefix removes the keys of a child trie that begin with a prefix: those that this block wrote, and of the
// others at most limit, or all with [hostapi.NoLimit].
func ClearPrefix(storageKey, prefix []byte, limit uint32) hostapi.KillResult {
	return hostClearPrefix(storageKey, prefix, limit)
}

// ClearPrefixFrom is [ClearPrefix] in steps: cursor is nil at first, then what the step before returned. Only nodes
// of polkadot-sdk have it.
func ClearPrefixFrom(storageKey, prefix []byte, limit uint32, cursor []byte) hostapi.RemovalResult {
	return hostClearPrefixFrom(storageKey, prefix, limit, cursor)
}

// Root returns the root of a child trie with all changes so far, those of open transactions included, and writes it
// into the state trie. After [polkago.dev/sdk/hostapi/storage.Root] with no change since, it is what the state trie
// had before.
func Root(storageKey []byte, version hostapi.StateVersion) [32]byte {
	return hostRoot(storageKey, version)
}

// NextKey returns the key of a child trie that follows key in the order of bytes, which need not have a value itself,
// and whether there is one.
func NextKey(storageKey, key []byte) (next []byte, ok bool) { return hostNextKey(storageKey, key) }
