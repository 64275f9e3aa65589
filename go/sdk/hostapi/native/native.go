// Package native is the host in memory that the functions of the host API work on where code of a runtime is compiled
// by the official go command for a machine: it makes its state, and shows what a test wants to see of it.
//
// There is one host. Tests that use it do not run in parallel, and each begins with [Reset]:
//
//	func TestTransfer(t *testing.T) {
//		native.Reset()
//		native.Insert(key, value) // what the block before left
//		...                       // the code to test
//		got, ok := native.Get(key)
//	}
//
// It follows the nodes of polkadot-sdk to the byte. Compiled for a runtime itself the package is of no use: the
// functions of the host API do not look at this host there.
package native

import (
	"maps"
	"slices"

	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/internal/memhost"
	"polkago.dev/sdk/hostapi/internal/merkle"
)

// Reset makes a new host: its state, log and stores are empty.
func Reset() { memhost.Current = memhost.New() }

// Insert puts an entry into the state below the changes of the block, as the blocks before left it.
func Insert(key, value []byte) {
	memhost.Current.State.Insert(memhost.Top, key, value, hostapi.StateV1)
}

// InsertChild is [Insert] for an entry of a child trie. The state trie gets its root with the next [EndBlock].
func InsertChild(storageKey, key, value []byte) {
	memhost.Current.State.Insert(memhost.Child(storageKey), key, value, hostapi.StateV1)
}

// Get returns a value of the state as the next call sees it.
func Get(key []byte) ([]byte, bool) { return memhost.Current.State.Get(memhost.Top, key) }

// GetChild is [Get] for a child trie.
func GetChild(storageKey, key []byte) ([]byte, bool) {
	return memhost.Current.State.Get(memhost.Child(storageKey), key)
}

// OffchainIndex returns what blocks wrote for offchain workers under a key.
func OffchainIndex(key []byte) ([]byte, bool) { return memhost.Current.State.Get(memhost.Index, key) }

// Keys returns the keys of the state as the next call sees them, in order.
func Keys() [][]byte { return memhost.Current.State.Keys(memhost.Top) }

// EndBlock makes the changes part of the state below them and returns its root. No transaction may be open.
func EndBlock(version hostapi.StateVersion) [32]byte { return memhost.Current.State.Settle(version) }

// Transactions returns how many transactions of the state are open.
func Transactions() int { return memhost.Current.State.Depth() }

// A LogLine is a message that was logged.
type LogLine struct {
	Level           uint8 // 0 error, 1 warning, 2 information, 3 debugging, 4 tracing
	Target, Message string
}

// Logs returns the messages logged so far.
func Logs() []LogLine {
	lines := make([]LogLine, len(memhost.Current.Log.Lines))
	for i, l := range memhost.Current.Log.Lines {
		lines[i] = LogLine(l)
	}
	return lines
}

// SetMaxLogLevel sets how many levels are logged: 0 nothing, 5 everything, which is how it begins.
func SetMaxLogLevel(levels uint8) { memhost.Current.Log.MaxLevel = levels }

// SetRuntimeVersion sets what answers [polkago.dev/sdk/hostapi/misc.RuntimeVersion].
func SetRuntimeVersion(read func(wasm []byte) (version []byte, ok bool)) {
	memhost.Current.RuntimeVersion = read
}

// An IndexedTransaction is a transaction whose data the node was told to keep.
type IndexedTransaction struct {
	Extrinsic uint32
	Size      uint32 // in bytes; 0 if Renewed
	Hash      [32]byte
	Renewed   bool
}

// IndexedTransactions returns what package transactionindex was called for.
func IndexedTransactions() []IndexedTransaction {
	list := make([]IndexedTransaction, len(memhost.Current.Transactions))
	for i, t := range memhost.Current.Transactions {
		list[i] = IndexedTransaction(t)
	}
	return list
}

// Prove returns the proof that the trie with the given entries has one for key, as package trie verifies it for the
// hash function BLAKE2b. It reports whether there is such an entry.
func Prove(entries map[string][]byte, key []byte, version hostapi.StateVersion) (proof [][]byte, ok bool) {
	var list []merkle.Entry
	for _, k := range slices.Sorted(maps.Keys(entries)) {
		list = append(list, merkle.Entry{Key: []byte(k), Value: entries[k], Hashed: version == hostapi.StateV1})
	}
	return merkle.Prove(list, key, merkle.Blake2b256)
}
