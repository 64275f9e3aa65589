package main

import (
	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

// The errors of the pallet Storage.
const (
	storagePallet = 3

	errValueTooLong = 0
	errNoValue      = 1
)

// maxValue is the length in bytes of the longest value.
const maxValue = 1024

// A storageCall is a call of the pallet Storage.
//
//polkago:scale enum
type storageCall interface {
	dispatch(origin) primitives.DispatchOutcome
}

// A setValue keeps bytes for the sender's account, in place of those that it had before.
//
//polkago:scale storageCall 0
type setValue struct {
	value []byte `scale:"view"`
}

func (c *setValue) dispatch(o origin) primitives.DispatchOutcome {
	if len(c.value) > maxValue {
		return palletFailure(storagePallet, errValueTooLong)
	}
	key := valueKey(&o.account)
	storage.Set(key[:], scale.AppendBytes(make([]byte, 0, scale.SizeBytes(c.value)), c.value))
	return primitives.Success()
}

// A clearValue forgets what a setValue kept.
//
//polkago:scale storageCall 1
type clearValue struct{}

func (clearValue) dispatch(o origin) primitives.DispatchOutcome {
	key := valueKey(&o.account)
	if !storage.Exists(key[:]) {
		return palletFailure(storagePallet, errNoValue)
	}
	storage.Clear(key[:])
	return primitives.Success()
}
