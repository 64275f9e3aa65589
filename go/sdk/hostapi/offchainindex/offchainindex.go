// Package offchainindex writes entries for offchain workers while a block is executed (Polkadot specification,
// "Offchain Index"). They take part in transactions of package storage, but not in the state.
package offchainindex

// Set gives a key a value.
func Set(key, value []byte) { hostSet(key, value) }

// Clear removes a key.
func Clear(key []byte) { hostClear(key) }
