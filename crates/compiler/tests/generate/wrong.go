// Package p has one of every mistake; wrong.txt says where.
package p

import "polkago.dev/sdk/scale"

//polkago:scale tiny
type A struct{}

//polkago:scale
func f() {}

//polkago:scale
var x int

//polkago:scal
type B struct{}

//polkago:scale
type C = A

const one = 1 //polkago:scale

//polkago:scale
type Fields struct {
	I    int
	F    float64
	C    chan int
	Fn   func()
	N    *notMarked
	S    struct{ A, B uint32 }
	M    map[point]uint32
	L    []interface{ m() }
	T    string              `scale:"compact"`
	U    uint32              `scale:"cmpact"`
	V    []uint32            `scale:"view"`
	O    scale.Option[uint8] `scale:"optionbool"`
	R    ring
	_    uint8
	OK   uint8
	Good []uint8 `json:"a" scale:"view"`
	notMarked
}

type notMarked struct{ A uint32 }

type point struct{ X, Y uint32 }

type ring []ring

//polkago:scale
type Open interface{ m() }

//polkago:scale enum
type NoVariants interface{ m() }

//polkago:scale enum
type Floating float64

//polkago:scale enum
type Large int32

const (
	small Large = 1
	large Large = 256
	below Large = -1
)

//polkago:scale enum
type Nothing uint8

//polkago:scale enum
type Call interface{ call() }

//polkago:scale Call 0
type First struct{}

func (First) call() {}

//polkago:scale Call 0
type Second struct{}

func (*Second) call() {}

//polkago:scale Call 1
type Third struct{}

//polkago:scale Call 256
type Fourth struct{}

//polkago:scale Calls 3
type Fifth struct{}

//polkago:scale Call 6
//polkago:scale Call 7
type Sixth struct{}

func (Sixth) call() {}

//polkago:scale Call 8
type Seventh[T any] struct{ V T }

//polkago:scale
type ByHand struct{}

func (*ByHand) AppendSCALE(b []byte) []byte { return b }

func DecodeCall() {}

//polkago:api core 5
type api1 struct{}

//polkago:api Core five
type api2 struct{}

//polkago:api Core
type api3 struct{}

//polkago:api NoMethods 1
type api4 struct{}

func (api4) hidden() {}

//polkago:api Hello 1
type api5 struct{}

func (api5) Sum(n ...uint32)                    {}
func (api5) Get_It() error                      { return nil }
func (api5) GetIt(a float32, b uint8) (c []int) { return nil }

//polkago:api Hello 2
type api6 struct{}

func (api6) More() {}

//polkago:api Unused 1
type api7 interface{ Run() }

//polkago:api Several 1
type api8 interface{ Run() }

var several1, several2 api8

//polkago:api Number 1
type api9 uint32

//polkago:version
type version struct{}

//polkago:version
var v1, v2 version

type (
	r0 uint32
	r1 []scale.Result[r0, r0]
	r2 []scale.Result[r1, r1]
	r3 []scale.Result[r2, r2]
	r4 []scale.Result[r3, r3]
	r5 []scale.Result[r4, r4]
	r6 []scale.Result[r5, r5]
	r7 []scale.Result[r6, r6]
	r8 []scale.Result[r7, r7]
	r9 []scale.Result[r8, r8]
	s0 []scale.Result[r9, r9]
	s1 []scale.Result[s0, s0]
	s2 []scale.Result[s1, s1]
	s3 []scale.Result[s2, s2]
)

//polkago:scale
type Huge struct {
	Most s3
	OK   r1
}

//polkago:scale
type Expanding[T any] struct {
	Next scale.Option[*Expanding[[]T]]
	V    T
}

//polkago:scale
type SizeByHand struct{}

func (*SizeByHand) SizeSCALE() int { return 1 }
