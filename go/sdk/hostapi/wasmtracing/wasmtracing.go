// Package wasmtracing tells the node's tracing of spans, which have a beginning and an end, and of events.
package wasmtracing

import "polkago.dev/sdk/scale"

// A Level says how important a span or event is.
type Level uint8

// The levels of spans and events.
const (
	Error Level = iota
	Warn
	Info
	Debug
	Trace
)

// Metadata describes the place in the code that a span or event comes from.
type Metadata struct {
	Name, Target string
	Level        Level
	File         string
	Line         uint32
	Module       string
	IsSpan       bool
	Fields       []string // names
}

// A Value is what a field of a span or event has.
type Value struct {
	encoded []byte // nil: nothing
}

// U64 is a number.
func U64(v uint64) Value { return Value{scale.AppendU64([]byte{5}, v)} }

// I64 is a number.
func I64(v int64) Value { return Value{scale.AppendI64([]byte{4}, v)} }

// Bool is a truth value.
func Bool(v bool) Value { return Value{scale.AppendBool([]byte{6}, v)} }

// Text is a string.
func Text(v string) Value { return Value{scale.AppendString([]byte{7}, v)} }

// Encoded is a value that is SCALE-encoded.
func Encoded(v []byte) Value { return Value{scale.AppendBytes([]byte{9}, v)} }

// A Field is a value with the name that the metadata has for it.
type Field struct {
	Name  string
	Value Value
}

// An Entry is a span or event.
type Entry struct {
	Parent   uint64 // id of the span that it belongs to; 0 if it is the innermost open one
	Metadata Metadata
	Fields   []Field
}

// Enabled reports whether anybody wants spans or events from a place.
func Enabled(m *Metadata) bool { return hostEnabled(m.append(nil)) }

// EnterSpan opens a span and returns its id, or 0 where nobody wants it.
func EnterSpan(e *Entry) uint64 { return hostEnterSpan(e.append(nil)) }

// Event tells of an event.
func Event(e *Entry) { hostEvent(e.append(nil)) }

// Exit ends the span with an id.
func Exit(span uint64) { hostExit(span) }

func (m *Metadata) append(b []byte) []byte {
	b = scale.AppendString(b, m.Name)
	b = scale.AppendString(b, m.Target)
	b = append(b, byte(m.Level))
	b = scale.AppendString(b, m.File)
	b = scale.AppendU32(b, m.Line)
	b = scale.AppendString(b, m.Module)
	b = scale.AppendBool(b, m.IsSpan)
	return scale.AppendSlice(b, m.Fields, scale.PutString)
}

func (e *Entry) append(b []byte) []byte {
	if e.Parent == 0 {
		b = append(b, 0)
	} else {
		b = scale.AppendU64(append(b, 1), e.Parent)
	}
	b = e.Metadata.append(b)
	b = scale.AppendLen(b, len(e.Fields))
	for _, f := range e.Fields {
		b = scale.AppendString(b, f.Name)
		if f.Value.encoded == nil {
			b = append(b, 0)
		} else {
			b = append(append(b, 1), f.Value.encoded...)
		}
	}
	return b
}
