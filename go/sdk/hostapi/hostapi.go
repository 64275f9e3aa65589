// Package hostapi describes the host functions of a Polkadot runtime (Polkadot specification, "Host API"): its
// subpackages bind all interfaces of the host that polkadot-sdk's nodes are.
//
//	package           interface              what it is for
//	storage           storage                the state, and transactions over it
//	childstorage      default_child_storage  tries below the state's own
//	trie              trie                   Merkle roots of lists and maps, proofs
//	hashing           hashing                BLAKE2b, twox (xxHash64), Keccak, SHA-256
//	crypto            crypto                 signatures and the keystore
//	log               logging                messages for the node's log
//	misc              misc                   printing, versions of other runtimes
//	offchain          offchain               what offchain workers may do: HTTP, local storage, time
//	offchainindex     offchain_index         entries for offchain workers, written from blocks
//	transactionindex  transaction_index      large data of transactions kept by the node
//	allocator         allocator              memory of the host
//	panichandler      panic_handler          ending a call with a message
//	wasmtracing       wasm_tracing           spans and events for the node's tracing
//
// A function is the newest version that the host has; a runtime imports only those that it calls. Where the host
// answers with memory that it allocated, the answer is copied and the memory given back.
//
// Compiled by the official go command for another architecture than wasm, the same functions work on an in-memory
// host, which package native gives access to, so that code of a runtime can be tested by "go test".
package hostapi

// A StateVersion says how values stand in a state trie. It is an argument of functions that compute roots.
type StateVersion uint8

// State versions (Polkadot specification, definition "State Version").
const (
	StateV0 StateVersion = 0 // values stand in the nodes
	StateV1 StateVersion = 1 // nodes have the hashes of values of at least 33 bytes
)

// NoLimit as the limit of a removal means that there is none.
const NoLimit = ^uint32(0)

// A KillResult tells what a removal of many keys did.
type KillResult struct {
	// SomeRemaining is true if the limit was reached before the last key.
	SomeRemaining bool
	// Loops is the number of keys of the state below the block's changes that were looked at.
	Loops uint32
}

// A RemovalResult tells what a removal of many keys did that can be continued.
type RemovalResult struct {
	// Cursor is where the next removal begins; nil if nothing remains.
	Cursor []byte
	// Backend is the number of keys removed from the state as it was before the block.
	Backend uint32
	// Unique is the number of keys removed from it or from the block's changes.
	Unique uint32
	// Loops is the number of keys of the state before the block that were looked at.
	Loops uint32
}
