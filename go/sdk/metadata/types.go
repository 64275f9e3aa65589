package metadata

import (
	"strconv"

	"polkago.dev/sdk/scale"
)

// A TypeID names a type of a [Registry].
type TypeID uint32

// A Type describes how values are encoded, with what clients show besides.
type Type struct {
	// Path is the name of the type and of what it is declared in, as clients know it; types without a name have
	// none.
	Path []string
	// Params are the parameters of a generic type.
	Params []Param
	Def    Definition
	Docs   []string
}

// A Param is a parameter of a generic type.
type Param struct {
	Name string
	// Type is the argument; NoType where it does not matter to the encoding.
	Type TypeID
}

// NoType is the argument of a parameter that does not matter to the encoding.
const NoType = ^TypeID(0)

// A Definition is one of Composite, Variant, Sequence, Array, Tuple, Primitive, Compact and BitSequence.
type Definition interface {
	appendTo(b []byte) []byte
	// each calls f for every type that the definition refers to.
	each(f func(TypeID))
}

// A Field is a part of a Composite or of a Case.
type Field struct {
	// Name is empty for the parts of a tuple-like type.
	Name string
	Type TypeID
	// TypeName is how the type is written where it is declared; it may be empty.
	TypeName string
	Docs     []string
}

// A Composite is a type with fields that are encoded one after the other.
type Composite struct{ Fields []Field }

// A Case is one of the cases of a Variant.
type Case struct {
	Name   string
	Fields []Field
	Index  uint8
	Docs   []string
}

// A Variant is a type with several cases, told apart by an index of one byte.
type Variant struct{ Cases []Case }

// A Sequence is any number of elements behind their number.
type Sequence struct{ Elem TypeID }

// An Array is a fixed number of elements.
type Array struct {
	Len  uint32
	Elem TypeID
}

// A Tuple is several values one after the other.
type Tuple []TypeID

// A Primitive is a type that is made of no others.
type Primitive uint8

// The primitive types.
const (
	Bool Primitive = iota
	Char
	Str
	U8
	U16
	U32
	U64
	U128
	U256
	I8
	I16
	I32
	I64
	I128
	I256
)

// A Compact is a compact integer.
type Compact struct{ Elem TypeID }

// A BitSequence is any number of bits in units of Store; Order is one of the types bitvec::order::Lsb0 and Msb0.
type BitSequence struct{ Store, Order TypeID }

func appendID(b []byte, id TypeID) []byte { return scale.AppendCompactU32(b, uint32(id)) }

func putID(id *TypeID, b []byte) []byte { return appendID(b, *id) }

func appendStrings(b []byte, v []string) []byte { return scale.AppendSlice(b, v, scale.PutString) }

func appendOptionString(b []byte, v string) []byte {
	if v == "" {
		return append(b, 0)
	}
	return scale.AppendString(append(b, 1), v)
}

func (f *Field) append(b []byte) []byte {
	b = appendOptionString(b, f.Name)
	b = appendID(b, f.Type)
	b = appendOptionString(b, f.TypeName)
	return appendStrings(b, f.Docs)
}

func (c *Case) append(b []byte) []byte {
	b = scale.AppendString(b, c.Name)
	b = scale.AppendSlice(b, c.Fields, (*Field).append)
	b = append(b, c.Index)
	return appendStrings(b, c.Docs)
}

func (d Composite) appendTo(b []byte) []byte {
	return scale.AppendSlice(append(b, 0), d.Fields, (*Field).append)
}

func (d Variant) appendTo(b []byte) []byte {
	return scale.AppendSlice(append(b, 1), d.Cases, (*Case).append)
}

func (d Sequence) appendTo(b []byte) []byte { return appendID(append(b, 2), d.Elem) }

func (d Array) appendTo(b []byte) []byte {
	return appendID(scale.AppendU32(append(b, 3), d.Len), d.Elem)
}

func (d Tuple) appendTo(b []byte) []byte { return scale.AppendSlice(append(b, 4), d, putID) }

func (d Primitive) appendTo(b []byte) []byte { return append(b, 5, byte(d)) }

func (d Compact) appendTo(b []byte) []byte { return appendID(append(b, 6), d.Elem) }

func (d BitSequence) appendTo(b []byte) []byte {
	return appendID(appendID(append(b, 7), d.Store), d.Order)
}

func (d Composite) each(f func(TypeID)) {
	for i := range d.Fields {
		f(d.Fields[i].Type)
	}
}

func (d Variant) each(f func(TypeID)) {
	for i := range d.Cases {
		Composite{d.Cases[i].Fields}.each(f)
	}
}

func (d Sequence) each(f func(TypeID))    { f(d.Elem) }
func (d Array) each(f func(TypeID))       { f(d.Elem) }
func (d Primitive) each(func(TypeID))     {}
func (d Compact) each(f func(TypeID))     { f(d.Elem) }
func (d BitSequence) each(f func(TypeID)) { f(d.Store); f(d.Order) }

func (d Tuple) each(f func(TypeID)) {
	for _, id := range d {
		f(id)
	}
}

func (p *Param) append(b []byte) []byte {
	b = scale.AppendString(b, p.Name)
	if p.Type == NoType {
		return append(b, 0)
	}
	return appendID(append(b, 1), p.Type)
}

func (t *Type) append(b []byte) []byte {
	b = appendStrings(b, t.Path)
	b = scale.AppendSlice(b, t.Params, (*Param).append)
	b = t.Def.appendTo(b)
	return appendStrings(b, t.Docs)
}

// name returns how errors call a type.
func (t *Type) name(id TypeID) string {
	text := "type " + strconv.Itoa(int(id))
	for i, part := range t.Path {
		if i == 0 {
			text += " ("
		} else {
			text += "::"
		}
		text += part
	}
	if len(t.Path) > 0 {
		text += ")"
	}
	return text
}
