package main

import (
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/runtime"
	"polkago.dev/sdk/scale"
)

//go:generate polkago generate

//polkago:scale
type Balance num.U128

type Small uint32

type Hash [32]byte

// Kind is an enum.
//
//polkago:scale enum
type Kind uint8

const (
	Zero Kind = iota
	One
	Seven Kind = 7
	Uno   Kind = 1
)

//polkago:scale
type Transfer struct {
	From   Hash
	To     scale.Option[Hash]
	Value  num.U128 `scale:"compact"`
	Nonce  uint32   `scale:"compact"`
	Memo   string
	Data   []byte `scale:"view"`
	Skip   func() `scale:"-"`
	OK     bool
	Kinds  []Kind
	Smalls []Small
	Small  Small
	Matrix [3][]uint16
	M      map[string]Hash
	M2     map[Hash]uint64
	P      *Kind
	R      scale.Result[Kind, string]
	S      scale.Map[uint32, []string]
	Set    scale.Set[Small]
	Bits   scale.BitSequence
	OB     scale.Option[bool] `scale:"optionbool"`
	Pair   Pair[Kind, Pair[uint8, []Call]]
	Embedded
	Unit   struct{}
	Unused [2]byte
}

//polkago:scale
type Embedded struct{ A, B int64 }

//polkago:scale
type Pair[A, B any] struct {
	First  A
	Second B
	More   []A
}

//polkago:scale enum
type Call interface{ isCall() }

//polkago:scale Call 0
type Remark struct{ Text string }

func (Remark) isCall() {}

//polkago:scale Call 5
type Batch struct{ Calls []Call }

func (*Batch) isCall() {}

//polkago:scale
type Calls []Call

//polkago:scale
type Empty struct{}

//polkago:api Core 5
type core struct{}

func (core) Version() Version                             { return version }
func (*core) ExecuteBlock(block Transfer, n uint32)       {}
func (*core) Many(a []uint32) (uint32, [4]byte, struct{}) { return a[0], [4]byte{1}, struct{}{} }

//polkago:api Hello 1
type Hello interface {
	Echo(data []byte) []byte
	Nothing()
}

type hello struct{}

func (hello) Echo(data []byte) []byte { return data }
func (hello) Nothing()                {}

var theHello Hello = hello{}

//polkago:scale
type Version struct {
	SpecName string
	Spec     uint32
	APIs     []runtime.APIVersion
	TX       uint32
}

//polkago:version
var version = Version{SpecName: "hello", Spec: 3, APIs: runtimeAPIs, TX: 7}

// Ping and Pong contain each other.
//
//polkago:scale enum
type Ping interface{ ping() }

//polkago:scale Ping 0
type PingOf struct{ Pong scale.Option[*PongOf] }

//polkago:scale enum
type Pong interface{ pong() }

//polkago:scale Pong 0
type PongOf struct{ Ping Ping }

//polkago:scale
type List struct {
	Next  scale.Option[*List]
	Value Chain[uint8]
}

//polkago:scale
type Chain[T any] struct {
	Next scale.Option[*Chain[T]]
	V    T
}

func (PingOf) ping() {}
func (PongOf) pong() {}
