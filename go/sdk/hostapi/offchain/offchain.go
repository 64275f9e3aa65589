// Package offchain is what offchain workers may do (Polkadot specification, "Offchain"): calls of a runtime that a
// node makes beside blocks, whose results reach the chain by transactions. Elsewhere the host traps.
package offchain

// IsValidator reports whether the node may be a validator.
func IsValidator() bool { return hostIsValidator() }

// SubmitTransaction gives an encoded extrinsic to the transaction pool. It reports whether the pool took it.
func SubmitTransaction(extrinsic []byte) bool { return hostSubmitTransaction(extrinsic) }

// A NetworkState is how the node is reached.
type NetworkState struct {
	PeerID    []byte
	Addresses [][]byte // encoded multiaddresses
}

// Network returns how the node is reached, and whether it knows.
func Network() (state NetworkState, ok bool) { return hostNetworkState() }

// Timestamp returns the time in milliseconds since 1970.
func Timestamp() uint64 { return hostTimestamp() }

// SleepUntil waits for a time in milliseconds since 1970.
func SleepUntil(deadline uint64) { hostSleepUntil(deadline) }

// RandomSeed returns a number that differs on every node.
func RandomSeed() [32]byte { return hostRandomSeed() }

// SetAuthorizedNodes sets which nodes, by their encoded ids, the node may connect to, and whether to no others.
func SetAuthorizedNodes(nodes [][]byte, onlyThem bool) { hostSetAuthorizedNodes(nodes, onlyThem) }

// A Kind is one of the node's two stores for offchain workers. Neither is part of the state.
type Kind uint32

// The kinds of local storage.
const (
	Persistent Kind = 0 // one for all forks of the chain
	Local      Kind = 1 // one for each fork; nodes do not have it yet
)

// Get returns a value of local storage, and whether there is one.
func Get(kind Kind, key []byte) (value []byte, ok bool) { return hostGet(kind, key) }

// Set gives a key of local storage a value.
func Set(kind Kind, key, value []byte) { hostSet(kind, key, value) }

// Clear removes a key of local storage.
func Clear(kind Kind, key []byte) { hostClear(kind, key) }

// CompareAndSet gives a key of local storage a value if it has the old value, or none where old is nil. It reports
// whether it did. Offchain workers of several blocks may run side by side.
func CompareAndSet(kind Kind, key, old, value []byte) bool {
	return hostCompareAndSet(kind, key, old, value)
}
