package main

import "polkago.dev/sdk/primitives"

// A call is what an extrinsic asks for: the index of a pallet, and behind it the index of one of the pallet's calls
// and the call's arguments. Where other chains have such a call it has the same index there.
//
// A call that fails must not have changed the state: the transaction stays in its block, and nothing is rolled back.
// So each one checks first and writes last.
//
//polkago:scale enum
type call interface {
	dispatch(origin) primitives.DispatchOutcome
}

// An inSystem is a call of the pallet System.
//
//polkago:scale call 0
type inSystem struct{ systemCall }

// An inTimestamp is a call of the pallet Timestamp.
//
//polkago:scale call 1
type inTimestamp struct{ timestampCall }

// An inBalances is a call of the pallet Balances.
//
//polkago:scale call 2
type inBalances struct{ balancesCall }

// An inStorage is a call of the pallet Storage.
//
//polkago:scale call 3
type inStorage struct{ storageCall }

func failure(kind primitives.DispatchErrorKind) primitives.DispatchOutcome {
	return primitives.Failure(primitives.DispatchError{Kind: kind})
}

func palletFailure(pallet, code uint8) primitives.DispatchOutcome {
	return primitives.Failure(primitives.ModuleError(pallet, code))
}
