// Package log writes messages to the node's log (Polkadot specification, "Log").
package log

// A Level says how important a message is.
type Level uint8

// The levels of messages.
const (
	Error Level = iota
	Warn
	Info
	Debug
	Trace
)

// A Filter is the number of levels that a node logs, from the most important on: 0 is nothing, 5 everything.
type Filter uint8

// Enabled reports whether messages of a level are logged.
func (f Filter) Enabled(l Level) bool { return uint8(l) < uint8(f) }

// Log writes a message, which must be valid UTF-8. target says which part of the runtime it is from.
func Log(level Level, target, message string) { hostLog(level, target, message) }

// MaxLevel returns which messages the node logs, so that a runtime need not put others together.
func MaxLevel() Filter { return hostMaxLevel() }
