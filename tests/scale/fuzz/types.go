package main

import (
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/scale"
)

//go:generate polkago generate

// Everything has a part of each kind.
//
//polkago:scale
type Everything struct {
	Number  num.U128 `scale:"compact"`
	Wide    num.I256
	Small   uint16 `scale:"compact"`
	Text    string
	Raw     []byte
	View    []byte `scale:"view"`
	List    []uint32
	Option  scale.Option[string]
	Short   scale.Option[bool] `scale:"optionbool"`
	Result  scale.Result[uint64, []byte]
	Dict    scale.Map[string, uint16]
	Set     scale.Set[Amount]
	GoMap   map[uint8]string
	Hashes  map[Hash]uint8
	Bits    scale.BitSequence
	Matrix  [2][]int16
	Phase   Phase
	Phases  []Phase
	Boxed   *Amount
	Pair    Pair[Phase, []Pair[bool, string]]
	Compact num.U256 `scale:"compact"`
	Tail    []scale.Option[Hash]
}

// Amount is an integer with a name.
type Amount uint64

// Hash is an array with a name.
type Hash [4]byte

// Phase is an enumeration without fields.
//
//polkago:scale enum
type Phase uint8

// The phases.
const (
	Start Phase = 0
	Run   Phase = 1
	End   Phase = 200
)

// Pair is generic.
//
//polkago:scale
type Pair[A, B any] struct {
	First  A
	Second B
	More   []A
}

// Call is an enumeration whose variants have fields, one of them calls again.
//
//polkago:scale enum
type Call interface{ call() }

// Remark has text.
//
//polkago:scale Call 0
type Remark struct{ Text string }

// Batch has calls.
//
//polkago:scale Call 1
type Batch struct{ Calls []Call }

// Large takes far more memory than its encoding when its options are empty.
//
//polkago:scale Call 2
type Large struct {
	Options [8]scale.Option[[8]uint64]
}

// Stop has nothing.
//
//polkago:scale Call 255
type Stop struct{}

func (*Remark) call() {}
func (Batch) call()   {}
func (*Large) call()  {}
func (Stop) call()    {}

// Calls is a sequence of calls.
//
//polkago:scale
type Calls []Call

// Tree contains itself by pointers.
//
//polkago:scale
type Tree struct {
	Left, Right scale.Option[*Tree]
	Label       uint8
}

// Larges has many elements that take more memory than their encoding.
//
//polkago:scale
type Larges []Large

// Units has elements without encoding.
//
//polkago:scale
type Units []struct{}

// Dict has a Go map of Go maps.
//
//polkago:scale
type Dict map[uint16]map[string][]uint32
