package main

import (
	"polkago.dev/sdk/hostapi/misc"
	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

// The errors of the pallet System.
const (
	systemPallet = 0

	errSpecName    = 0 // the new runtime is of another chain
	errSpecVersion = 1 // its version is not higher
	errNoVersion   = 2 // it is no runtime, or does not tell its version
)

// A systemCall is a call of the pallet System.
//
//polkago:scale enum
type systemCall interface {
	dispatch(origin) primitives.DispatchOutcome
}

// A remark does nothing: it is there to be in a block.
//
//polkago:scale systemCall 0
type remark struct {
	text []byte `scale:"view"`
}

func (*remark) dispatch(origin) primitives.DispatchOutcome { return primitives.Success() }

// A setCode replaces the code of the runtime; blocks from the next one on are executed by it. Only the account
// System.SudoKey may do so.
//
//polkago:scale systemCall 2
type setCode struct {
	code []byte `scale:"view"`
}

func (c *setCode) dispatch(o origin) primitives.DispatchOutcome {
	if sudo := loadHash(sudoKey); primitives.AccountID(sudo) != o.account || sudo == (primitives.Hash{}) {
		return failure(primitives.DispatchBadOrigin)
	}
	var next primitives.RuntimeVersion
	encoded, ok := misc.RuntimeVersion(c.code)
	if !ok || scale.Unmarshal(encoded, &next) != nil {
		return palletFailure(systemPallet, errNoVersion)
	}
	if next.SpecName != version.SpecName {
		return palletFailure(systemPallet, errSpecName)
	}
	if next.SpecVersion <= version.SpecVersion {
		return palletFailure(systemPallet, errSpecVersion)
	}
	storage.Set(codeKey, c.code)
	deposit(primitives.DigestItem{Kind: primitives.DigestRuntimeEnvironmentUpdated})
	return primitives.Success()
}
