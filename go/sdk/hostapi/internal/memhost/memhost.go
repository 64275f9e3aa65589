// Package memhost is a host in memory, on which the functions of the host API work where code of a runtime is
// compiled by the official go command. Package native is what its users see of it.
package memhost

import "polkago.dev/sdk/hostapi"

// A Host is everything that the functions of the host API may read and change.
type Host struct {
	State        State
	Log          Log
	Keystore     Keystore
	Offchain     *Offchain // nil outside of offchain workers
	Transactions []Indexed

	// RuntimeVersion answers misc.RuntimeVersion; nil where nothing can read the version of a runtime.
	RuntimeVersion func(wasm []byte) ([]byte, bool)
	// Batch is the result of the signatures so far of a batch; nil where none was started.
	Batch *bool
}

// Current is the host that calls reach.
var Current = New()

// New returns a host whose state and stores are empty.
func New() *Host {
	return &Host{State: NewState(), Log: Log{MaxLevel: 5}}
}

// An Indexed is a transaction whose data the node was told to keep.
type Indexed struct {
	Extrinsic uint32
	Size      uint32 // 0 if Renewed
	Hash      [32]byte
	Renewed   bool
}

// A Line is a message in the log.
type Line struct {
	Level           uint8
	Target, Message string
}

// A Log keeps the messages that have at most a level.
type Log struct {
	MaxLevel uint8 // 0 nothing, 1 errors, ... 5 everything
	Lines    []Line
}

// The levels of messages that functions of the host write themselves.
const levelDebug = 3

// Add adds a message. Levels of messages are counted from 0, errors, to 4.
func (l *Log) Add(level uint8, target, message string) {
	if level < l.MaxLevel {
		l.Lines = append(l.Lines, Line{level, target, message})
	}
}

// Print adds a message of a printing function.
func (l *Log) Print(message string) { l.Add(levelDebug, "runtime", message) }

// Kill is what removals without cursor tell.
func Kill(r hostapi.RemovalResult) hostapi.KillResult {
	return hostapi.KillResult{SomeRemaining: r.Cursor != nil, Loops: r.Loops}
}
