// Package storage is the state of the chain: a map from keys to values, both bytes, and nested transactions over it.
package storage

import "polkago.dev/sdk/hostapi"

// Get returns the value of a key, and whether there is one. The value is the caller's.
func Get(key []byte) (value []byte, ok bool) { return hostGet(key) }

// Read copies the value of a key from an offset into out, as much as fits. It returns how many bytes the value has
// from the offset, which may be more than out, and whether there is a value. Nothing is allocated.
func Read(key, out []byte, offset uint32) (n uint32, ok bool) { return hostRead(key, out, offset) }

// Set gives a key a value.
func Set(key, value []byte) { hostSet(key, value) }

// Clear removes a key.
func Clear(key []byte) { hostClear(key) }

// Exists reports whether a key has a value.
func Exists(key []byte) bool { return hostExists(key) }

// ClearPrefix removes the keys that begin with a prefix: those that this block wrote, and of the others at most
// limit, or all with [hostapi.NoLimit].
func ClearPrefix(prefix []byte, limit uint32) hostapi.KillResult {
	return hostClearPrefix(prefix, limit)
}

// ClearPrefixFrom is [ClearPrefix] in steps: cursor is nil at first, then what the step before returned. Only nodes
// of polkadot-sdk have it.
func ClearPrefixFrom(prefix []byte, limit uint32, cursor []byte) hostapi.RemovalResult {
	return hostClearPrefixFrom(prefix, limit, cursor)
}

// Append adds an encoded element to the encoded sequence that is the value of a key, without reading it. Where there
// is no value, or one that does not begin with a length, the sequence has this element alone afterwards.
func Append(key, element []byte) { hostAppend(key, element) }

// Root returns the root of the state trie with all changes so far, those of open transactions included.
func Root(version hostapi.StateVersion) [32]byte { return hostRoot(version) }

// ChangesRoot always returns no hash: the host keeps it for old runtimes.
//
// Deprecated: there are no tries of changes any more.
func ChangesRoot(parent *[32]byte) (root []byte, ok bool) { return hostChangesRoot(parent) }

// NextKey returns the key that follows key in the order of bytes, which need not have a value itself, and whether
// there is one.
func NextKey(key []byte) (next []byte, ok bool) { return hostNextKey(key) }

// StartTransaction opens a transaction in the one that is open, if any. It must be followed by [CommitTransaction]
// or [RollbackTransaction]. Child tries take part.
func StartTransaction() { hostStartTransaction() }

// RollbackTransaction undoes what happened since the transaction that is open was started. Without one the host
// traps.
func RollbackTransaction() { hostRollbackTransaction() }

// CommitTransaction keeps what happened since the transaction that is open was started. Without one the host traps.
func CommitTransaction() { hostCommitTransaction() }
