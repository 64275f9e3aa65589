package main

import (
	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

// An accountInfo is what the state has of an account. It has the shape that clients know from other chains; of the
// counters only Providers is used here, and of the balance only Free.
//
//polkago:scale
type accountInfo struct {
	// Nonce is the number of transactions that the account has sent.
	Nonce primitives.Nonce
	// Consumers, Providers and Sufficients count what the account is needed for and exists by. Providers is 1 for
	// every account that exists.
	Consumers, Providers, Sufficients uint32
	Data                              accountData
}

// An accountData is the balance of an account.
//
//polkago:scale
type accountData struct {
	// Free may be transferred.
	Free             num.U128
	Reserved, Frozen num.U128
	// Flags has its highest bit set, as accounts of other chains do that follow the newer of two rules for Frozen.
	Flags num.U128
}

// existentialDeposit is the smallest balance of an account. Accounts with less do not exist, so that nobody can fill
// the state with accounts that are worth nothing.
var existentialDeposit = num.U128From(1_000_000)

// exists reports whether there is such an account.
func (a *accountInfo) exists() bool { return a.Providers > 0 }

// credit adds to the free balance, and makes the account exist.
func (a *accountInfo) credit(value num.U128) (ok bool) {
	if !a.exists() {
		a.Providers = 1
		a.Data.Flags.Hi = 1 << 63
	}
	a.Data.Free, ok = a.Data.Free.Add(value)
	return ok
}

const accountSize = 80

// loadAccount returns an account; the zero account where there is none.
func loadAccount(who primitives.AccountID) accountInfo {
	key := accountKey(&who)
	return loadAccountAt(&key)
}

func loadAccountAt(key *keyByAccount) (a accountInfo) {
	var b [accountSize]byte
	if read(key[:], b[:]) {
		a.DecodeSCALE(scale.NewDecoder(b[:]))
	}
	return a
}

func storeAccountAt(key *keyByAccount, a *accountInfo) {
	storage.Set(key[:], a.AppendSCALE(make([]byte, 0, accountSize)))
}
