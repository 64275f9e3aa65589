// Frameless is a small but whole Polkadot runtime in plain Go: a chain with accounts, transfers, stored values, and
// upgrades of its own code. README.md says which file has what.
package main

import (
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

//go:generate polkago generate

// version is what Core_version returns.
//
//polkago:version
var version = primitives.RuntimeVersion{
	SpecName:           "frameless",
	ImplName:           "polkago-frameless",
	AuthoringVersion:   1,
	SpecVersion:        1,
	ImplVersion:        1,
	APIs:               runtimeAPIs,
	TransactionVersion: 1,
	SystemVersion:      1,
}

// The versions of the tries that version.SystemVersion stands for.
const (
	stateVersion     = 1
	extrinsicVersion = 0
)

// core is the API that every runtime has: its version and the execution of blocks.
//
//polkago:api Core 5
type core struct{}

func (core) Version() primitives.RuntimeVersion { return version }

// ExecuteBlock executes a block and panics with a reason if it is not valid.
func (core) ExecuteBlock(block primitives.Block) { executeBlock(&block) }

// InitializeBlock begins a block of which number, parent and pre-runtime digest are known.
func (core) InitializeBlock(header primitives.Header) primitives.ExtrinsicInclusionMode {
	initializeBlock(&header)
	return primitives.AllExtrinsics
}

// blockBuilder is the API by which a node builds a block: after Core_initialize_block it applies extrinsics and
// finalizes the block.
//
//polkago:api BlockBuilder 6
type blockBuilder struct{}

func (blockBuilder) ApplyExtrinsic(x opaqueExtrinsic) primitives.ApplyExtrinsicResult {
	return applyNext(x)
}

func (blockBuilder) FinalizeBlock() primitives.Header { return finalizeBlock() }

func (blockBuilder) InherentExtrinsics(data primitives.InherentData) [][]byte {
	return inherentExtrinsics(&data)
}

func (blockBuilder) CheckInherents(block primitives.Block, data primitives.InherentData) primitives.CheckInherentsResult {
	return checkInherents(&block, &data)
}

// transactionQueue is the API by which a node decides which transactions to keep and in which order.
//
//polkago:api TaggedTransactionQueue 3
type transactionQueue struct{}

func (transactionQueue) ValidateTransaction(q validation) primitives.TransactionValidity {
	return validateTransaction(&q)
}

// metadataAPI tells clients what the runtime stores and which calls it has.
//
//polkago:api Metadata 2
type metadataAPI struct{}

//go:generate go test -run TestMetadata -update .

// Metadata returns the document that package describe makes and TestMetadata writes to metadata_gen.go.
func (metadataAPI) Metadata() []byte { return []byte(metadataV14) }

func (metadataAPI) MetadataAtVersion(version uint32) scale.Option[[]byte] {
	if version != 14 {
		return scale.None[[]byte]()
	}
	return scale.Some([]byte(metadataV14))
}

func (metadataAPI) MetadataVersions() []uint32 { return []uint32{14} }

// genesisBuilder is the API by which a node makes the state of block 0.
//
//polkago:api GenesisBuilder 1
type genesisBuilder struct{}

// BuildState fills the state as a JSON document says. What is wrong with the document is the text of the error.
func (genesisBuilder) BuildState(json []byte) scale.Result[struct{}, string] {
	if err := buildGenesis(json); err != nil {
		return scale.Err[struct{}](err.Error())
	}
	return scale.Ok[struct{}, string](struct{}{})
}

func (genesisBuilder) GetPreset(name scale.Option[string]) scale.Option[[]byte] {
	return preset(name.Or(""))
}

func (genesisBuilder) PresetNames() []string { return presetNames }

// nonceAPI tells which nonce the next transaction of an account must have.
//
//polkago:api AccountNonceApi 1
type nonceAPI struct{}

func (nonceAPI) AccountNonce(who primitives.AccountID) uint32 { return loadAccount(who).Nonce }
