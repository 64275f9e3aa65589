package main

import (
	"polkago.dev/sdk/hostapi/hashing"
	"polkago.dev/sdk/primitives"
)

// Every item of the state has a key that begins with two hashes: of the name of its pallet and of its own name. The
// keys of entries of a map go on with a hash of the entry's key, so that nobody can choose where in the trie an entry
// stands, and with the key itself, so that entries can be listed. This is how most chains do it, and how clients find
// items that the metadata tells of.
//
// TestKeys compares these with hashes of the names.
const (
	systemPrefix  = "\x26\xaa\x39\x4e\xea\x56\x30\xe0\x7c\x48\xae\x0c\x95\x58\xce\xf7"
	accountPrefix = systemPrefix + "\xb9\x9d\x88\x0e\xc6\x81\x79\x9c\x0c\xf3\x0e\x88\x86\x37\x1d\xa9"
	hashPrefix    = systemPrefix + "\xa4\x47\x04\xb5\x68\xd2\x16\x67\x35\x6a\x5a\x05\x0c\x11\x87\x46"
	dataPrefix    = systemPrefix + "\xdf\x1d\xae\xb8\x98\x68\x37\xf2\x1c\xc5\xd1\x75\x96\xbb\x78\xd1"

	numberName = systemPrefix + "\x02\xa5\xc1\xb1\x9a\xb7\xa0\x4f\x53\x6c\x51\x9a\xca\x49\x83\xac"
	parentName = systemPrefix + "\x8a\x42\xf3\x33\x23\xcb\x5c\xed\x3b\x44\xdd\x82\x5f\xda\x9f\xcc"
	digestName = systemPrefix + "\x99\xe7\xf9\x3f\xc6\xa9\x8f\x08\x74\xfd\x05\x7f\x11\x1c\x4d\x2d"
	countName  = systemPrefix + "\xbd\xc0\xbd\x30\x3e\x98\x55\x81\x3a\xa8\xa3\x0d\x4e\xfc\x51\x12"
	sudoName   = systemPrefix + "\x1f\xf7\x11\x6d\xf1\x78\xe6\x80\xd5\xbb\x9a\x4c\x72\x3a\xa7\x57"

	timestampPrefix = "\xf0\xc3\x65\xc3\xcf\x59\xd6\x71\xeb\x72\xda\x0e\x7a\x41\x13\xc4"
	nowName         = timestampPrefix + "\x9f\x1f\x05\x15\xf4\x62\xcd\xcf\x84\xe0\xf1\xd6\x04\x5d\xfc\xbb"

	balancesPrefix = "\xc2\x26\x12\x76\xcc\x9d\x1f\x85\x98\xea\x4b\x6a\x74\xb1\x5c\x2f"
	issuanceName   = balancesPrefix + "\x57\xc8\x75\xe4\xcf\xf7\x41\x48\xe4\x62\x8f\x26\x4b\x97\x4c\x80"

	storagePrefix = "\x95\x87\x5c\xb8\x0e\xba\xf9\xf9\x18\x45\x7d\xb6\xa8\x6a\xc6\xad"
	valuesPrefix  = storagePrefix + "\xd2\x5c\x5a\xbc\x6a\x2b\x5d\x5f\x99\x66\x84\xe5\x48\x30\xeb\x5a"
)

// The keys of items that are no maps.
var (
	numberKey   = []byte(numberName)   // System.Number: number of the current block, as 4 bytes
	parentKey   = []byte(parentName)   // System.ParentHash: hash of its parent
	digestKey   = []byte(digestName)   // System.Digest: its digest as far as it is known
	countKey    = []byte(countName)    // System.ExtrinsicCount: its extrinsics so far, as 4 bytes; absent between blocks
	sudoKey     = []byte(sudoName)     // System.SudoKey: the account that may upgrade the runtime
	nowKey      = []byte(nowName)      // Timestamp.Now: milliseconds since 1970, as 8 bytes
	issuanceKey = []byte(issuanceName) // Balances.TotalIssuance: the sum of all balances, as 16 bytes
	codeKey     = []byte(":code")      // the code of the runtime, where the host looks for it
)

// A keyByAccount is the key of an account's entry in a map: two hashes for the map, the hash of the account, and the
// account. Keys are arrays and no slices, so that nothing has to be allocated for them.
type keyByAccount [80]byte

// A keyByNumber is the key of a number's entry, with a shorter hash.
type keyByNumber [44]byte

// accountKey returns the key of an account in System.Account.
func accountKey(who *primitives.AccountID) (key keyByAccount) {
	copy(key[:], accountPrefix)
	key.complete(who)
	return key
}

// valueKey returns the key of an account's value in Storage.Values.
func valueKey(who *primitives.AccountID) (key keyByAccount) {
	copy(key[:], valuesPrefix)
	key.complete(who)
	return key
}

// complete writes what follows the two hashes.
func (key *keyByAccount) complete(who *primitives.AccountID) {
	hash := hashing.Blake2b128(who[:])
	copy(key[32:48], hash[:])
	copy(key[48:], who[:])
}

// blockHashKey returns the key of the hash of a block in System.BlockHash.
func blockHashKey(number primitives.BlockNumber) (key keyByNumber) {
	copy(key[:], hashPrefix)
	key.complete(number)
	return key
}

// extrinsicKey returns the key of an extrinsic of the current block in System.ExtrinsicData.
func extrinsicKey(index uint32) (key keyByNumber) {
	copy(key[:], dataPrefix)
	key.complete(index)
	return key
}

// complete writes what follows the two hashes.
func (key *keyByNumber) complete(n uint32) {
	number := key[40:]
	number[0], number[1], number[2], number[3] = byte(n), byte(n>>8), byte(n>>16), byte(n>>24)
	hash := hashing.Twox64(number)
	copy(key[32:40], hash[:])
}
