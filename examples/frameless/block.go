package main

import (
	"strconv"

	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/hostapi/trie"
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

// blockHashCount is how many hashes of former blocks the state keeps, besides that of the genesis block. Longer than
// that no mortal transaction lives.
const blockHashCount = 256

// executeBlock does what the author of the block did and compares: it panics with a reason where anything differs.
// To refuse a block is to panic in the protocol, since Core_execute_block has no result.
func executeBlock(block *primitives.Block) {
	header := &block.Header
	initializeBlock(header)
	root := extrinsicsRoot(withLengths(block.Extrinsics))
	if root != header.ExtrinsicsRoot {
		refuse(header, "its body has the root "+root.String()+" and not "+header.ExtrinsicsRoot.String())
	}
	context := blockContext()
	for i, x := range block.Extrinsics {
		if _, invalid := apply(x, uint32(i), &context); invalid != nil {
			refuse(header, "extrinsic "+strconv.Itoa(i)+" is invalid: "+invalid.Error())
		}
	}
	final := finalHeader(root)
	if len(final.Digest) != len(header.Digest) {
		refuse(header, "its digest has "+strconv.Itoa(len(header.Digest))+" items and not "+
			strconv.Itoa(len(final.Digest)))
	}
	for i := range final.Digest {
		if !final.Digest[i].Equal(&header.Digest[i]) {
			refuse(header, "item "+strconv.Itoa(i)+" of its digest is not what execution gives")
		}
	}
	if final.StateRoot != header.StateRoot {
		refuse(header, "execution gives the state root "+final.StateRoot.String()+" and not "+
			header.StateRoot.String())
	}
}

func refuse(header *primitives.Header, reason string) {
	panic("block " + strconv.FormatUint(uint64(header.Number), 10) + " is invalid: " + reason)
}

// initializeBlock begins a block. Of the header it takes number, parent and what consensus engines have put into the
// digest.
//
// Whether the parent is the block that the state belongs to is not known to a runtime: the header's hash covers a
// seal that it never sees. But the parent's hash becomes a part of the state, so that with another one the state root
// differs.
func initializeBlock(header *primitives.Header) {
	if last := loadU32(numberKey); header.Number == 0 || header.Number-1 != last {
		refuse(header, "its parent has the number "+strconv.FormatUint(uint64(last), 10))
	}
	storeU32(numberKey, header.Number)
	storage.Set(parentKey, header.ParentHash[:])
	hashKey := blockHashKey(header.Number - 1)
	storage.Set(hashKey[:], header.ParentHash[:])
	if old := int64(header.Number) - 1 - blockHashCount; old > 0 {
		hashKey = blockHashKey(uint32(old))
		storage.Clear(hashKey[:])
	}
	digest := header.Digest.PreRuntime()
	storage.Set(digestKey, digest.AppendSCALE(nil))
}

// applyNext applies an extrinsic behind the others of the block and keeps it for the root of all.
func applyNext(x opaqueExtrinsic) primitives.ApplyExtrinsicResult {
	index := loadU32(countKey)
	context := blockContext()
	outcome, invalid := apply(x.bytes, index, &context)
	if invalid != nil {
		return primitives.Rejected(*invalid)
	}
	key := extrinsicKey(index)
	storage.Set(key[:], x.encoded)
	storeU32(countKey, index+1)
	return primitives.Applied(outcome)
}

// finalizeBlock ends a block and returns its header.
func finalizeBlock() primitives.Header {
	extrinsics := make([][]byte, loadU32(countKey))
	for i := range extrinsics {
		key := extrinsicKey(uint32(i))
		extrinsics[i], _ = storage.Get(key[:])
		storage.Clear(key[:])
	}
	storage.Clear(countKey)
	return finalHeader(extrinsicsRoot(extrinsics))
}

// finalHeader returns the header of the current block after all that changes the state.
func finalHeader(extrinsicsRoot primitives.Hash) primitives.Header {
	return primitives.Header{
		ParentHash:     loadHash(parentKey),
		Number:         loadU32(numberKey),
		StateRoot:      storage.Root(stateVersion),
		ExtrinsicsRoot: extrinsicsRoot,
		Digest:         loadDigest(),
	}
}

// extrinsicsRoot returns the root of a body: of the trie of its extrinsics, each with its length in front.
func extrinsicsRoot(extrinsics [][]byte) primitives.Hash {
	return trie.Blake2b256OrderedRoot(extrinsics, extrinsicVersion)
}

// withLengths returns extrinsics with their lengths in front.
func withLengths(extrinsics [][]byte) [][]byte {
	size := 0
	for _, x := range extrinsics {
		size += scale.SizeBytes(x)
	}
	all := make([]byte, 0, size)
	encoded := make([][]byte, len(extrinsics))
	for i, x := range extrinsics {
		start := len(all)
		all = scale.AppendBytes(all, x)
		encoded[i] = all[start:]
	}
	return encoded
}

func loadHash(key []byte) (h primitives.Hash) {
	read(key, h[:])
	return h
}

func loadDigest() (digest primitives.Digest) {
	encoded, ok := storage.Get(digestKey)
	if ok && scale.Unmarshal(encoded, &digest) != nil {
		panic("state is corrupt: System.Digest")
	}
	return digest
}

// deposit adds an item to the digest of the current block.
func deposit(item primitives.DigestItem) {
	digest := append(loadDigest(), item)
	storage.Set(digestKey, digest.AppendSCALE(nil))
}
