package main

import (
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

// maxDrift is how far in the future of a node's clock the time of a block may be, in milliseconds.
const maxDrift = 30_000

// The errors of inherent data, as nodes know them.
const (
	errTooEarly        = 0
	errTooFarInFuture  = 1
	timestampDataBytes = 8
)

// A timestampCall is a call of the pallet Timestamp.
//
//polkago:scale enum
type timestampCall interface {
	dispatch(origin) primitives.DispatchOutcome
}

// A setTimestamp sets the time of the block. It is an inherent: the author of the block puts it before all else, and
// no account can send it.
//
//polkago:scale timestampCall 0
type setTimestamp struct {
	now uint64 `scale:"compact"`
}

func (*setTimestamp) dispatch(origin) primitives.DispatchOutcome {
	return failure(primitives.DispatchBadOrigin)
}

// apply sets the time if the inherent is the first extrinsic of its block and time goes on.
func (c *setTimestamp) apply(index uint32) invalid {
	if index != 0 || c.now <= loadU64(nowKey) {
		return refused(primitives.InvalidBadMandatory)
	}
	storeU64(nowKey, c.now)
	return nil
}

// asInherent returns the inherent that a call is, or nil.
func asInherent(c call) *setTimestamp {
	if t, ok := c.(inTimestamp); ok {
		set, _ := t.timestampCall.(*setTimestamp)
		return set
	}
	return nil
}

// encode returns the inherent as an extrinsic.
func (c *setTimestamp) encode() []byte {
	x := primitives.Extrinsic{Call: appendCall(nil, inTimestamp{c})}
	return scale.Marshal(&x)
}

// inherentExtrinsics returns the extrinsics that the author of a block has to put before all others.
func inherentExtrinsics(data *primitives.InherentData) [][]byte {
	now, ok := clock(data)
	if !ok {
		return nil
	}
	c := setTimestamp{now: max(now, loadU64(nowKey)+1)}
	return [][]byte{c.encode()}
}

// checkInherents compares the inherents of a block with what the node knows.
func checkInherents(block *primitives.Block, data *primitives.InherentData) primitives.CheckInherentsResult {
	ok := primitives.CheckInherentsResult{Okay: true}
	now, known := clock(data)
	if !known || len(block.Extrinsics) == 0 {
		return ok
	}
	var x primitives.Extrinsic
	call, _ := decodeExtrinsic(block.Extrinsics[0], &x)
	c := asInherent(call)
	switch {
	case c == nil || x.Signed:
		return ok
	case c.now <= loadU64(nowKey):
		return inherentError(errTooEarly)
	case c.now > now+maxDrift:
		return inherentError(errTooFarInFuture)
	}
	return ok
}

func inherentError(code byte) primitives.CheckInherentsResult {
	r := primitives.CheckInherentsResult{Fatal: true}
	r.Errors.Put(primitives.TimestampInherent, []byte{code})
	return r
}

// clock returns the time of inherent data, in milliseconds since 1970.
func clock(data *primitives.InherentData) (now uint64, ok bool) {
	encoded, ok := data.Get(primitives.TimestampInherent)
	if !ok {
		return 0, false
	}
	if len(encoded) != timestampDataBytes {
		panic("inherent data timstap0 is not a number of 8 bytes")
	}
	return scale.NewDecoder(encoded).U64(), true
}
