// Package metadata builds the document that tells clients of a chain what its runtime stores, which calls it has and
// how they are encoded: metadata of version 14 (Polkadot specification, "Metadata"; the reference implementation is
// the crate frame-metadata).
//
// A document never changes while a runtime lives. It is best built by a program that go generate runs, which writes it
// to a file; the runtime embeds the file and does no work to answer.
package metadata

import (
	"errors"
	"strconv"

	"polkago.dev/sdk/scale"
)

// A Document is metadata of version 14.
type Document struct {
	Types     Registry
	Pallets   []Pallet
	Extrinsic Extrinsic
	// Runtime is the type of the runtime itself; clients want it to exist, no more.
	Runtime TypeID
}

// A Pallet is a part of a runtime.
type Pallet struct {
	Name string
	// Prefix is the name in the keys of the state, Storage the items there. A pallet without items has neither.
	Prefix  string
	Storage []Item
	// Calls, Events and Errors are types with a case for each call, event and error.
	Calls, Events, Errors scale.Option[TypeID]
	Constants             []Constant
	Index                 uint8
}

// A Hasher says how the key of an entry becomes a part of the state's key.
type Hasher uint8

// The hashers. Those with Concat in the name are followed by the key itself.
const (
	Blake2x128 Hasher = iota
	Blake2x256
	Blake2x128Concat
	Twox128
	Twox256
	Twox64Concat
	Identity
)

// An Item is an item of the state, or a map of items.
type Item struct {
	Name string
	// Default: an absent item has the value Fallback. Otherwise it is None to clients.
	Default bool
	// Hashers is empty for an item that is no map. With more than one, Key is a tuple with a part for each.
	Hashers []Hasher
	// Key is used where Hashers is not empty.
	Key, Value TypeID
	// Fallback is the encoded value of an absent item; an encoded None where Default is false.
	Fallback []byte
	Docs     []string
}

// A Constant is a value of a pallet that is the same in every block.
type Constant struct {
	Name string
	Type TypeID
	// Value is encoded.
	Value []byte
	Docs  []string
}

// An Extrinsic describes extrinsics.
type Extrinsic struct {
	// Type is that of extrinsics: clients read address, call, signature and extra from its parameters.
	Type TypeID
	// Version is that of the format.
	Version uint8
	// Extensions are what a signer adds to a transaction, in their order.
	Extensions []Extension
}

// An Extension is a signed extension: a part of what a signer adds to a transaction.
type Extension struct {
	Name string
	// Type is what is sent with the transaction.
	Type TypeID
	// Additional is what is signed and not sent.
	Additional TypeID
}

// magic stands before every document: "meta".
const magic = 0x6174656d

const version14 = 14

// Encode returns the document as clients decode it, or what is wrong with it.
func (m *Document) Encode() ([]byte, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	b := append(scale.AppendU32(nil, magic), version14)
	b = scale.AppendLen(b, m.Types.Len())
	for i := range m.Types.types {
		b = m.Types.types[i].append(appendID(b, TypeID(i)))
	}
	b = scale.AppendSlice(b, m.Pallets, (*Pallet).append)
	b = appendID(b, m.Extrinsic.Type)
	b = append(b, m.Extrinsic.Version)
	b = scale.AppendSlice(b, m.Extrinsic.Extensions, (*Extension).append)
	return appendID(b, m.Runtime), nil
}

func (p *Pallet) append(b []byte) []byte {
	b = scale.AppendString(b, p.Name)
	if len(p.Storage) == 0 {
		b = append(b, 0)
	} else {
		b = scale.AppendString(append(b, 1), p.Prefix)
		b = scale.AppendSlice(b, p.Storage, (*Item).append)
	}
	b = scale.AppendOption(b, p.Calls, putID)
	b = scale.AppendOption(b, p.Events, putID)
	b = scale.AppendSlice(b, p.Constants, (*Constant).append)
	b = scale.AppendOption(b, p.Errors, putID)
	return append(b, p.Index)
}

func (i *Item) append(b []byte) []byte {
	b = scale.AppendString(b, i.Name)
	b = scale.AppendBool(b, i.Default)
	if len(i.Hashers) == 0 {
		b = appendID(append(b, 0), i.Value)
	} else {
		b = scale.AppendLen(append(b, 1), len(i.Hashers))
		for _, h := range i.Hashers {
			b = append(b, byte(h))
		}
		b = appendID(appendID(b, i.Key), i.Value)
	}
	b = scale.AppendBytes(b, i.Fallback)
	return appendStrings(b, i.Docs)
}

func (c *Constant) append(b []byte) []byte {
	b = scale.AppendString(b, c.Name)
	b = appendID(b, c.Type)
	b = scale.AppendBytes(b, c.Value)
	return appendStrings(b, c.Docs)
}

func (e *Extension) append(b []byte) []byte {
	b = scale.AppendString(b, e.Name)
	return appendID(appendID(b, e.Type), e.Additional)
}

// check returns what is wrong with a document: all of it.
func (m *Document) check() error {
	c := checker{types: m.Types.types}
	for i := range c.types {
		c.checkType(TypeID(i))
	}
	indices := make(map[uint8]string)
	names := make(map[string]bool)
	for i := range m.Pallets {
		p := &m.Pallets[i]
		if other, taken := indices[p.Index]; taken {
			c.fail("pallets " + other + " and " + p.Name + " have the same index " + strconv.Itoa(int(p.Index)))
		}
		if names[p.Name] {
			c.fail("there are two pallets " + p.Name)
		}
		indices[p.Index], names[p.Name] = p.Name, true
		c.checkPallet(p)
	}
	c.refer("extrinsic", m.Extrinsic.Type)
	c.refer("runtime", m.Runtime)
	for _, e := range m.Extrinsic.Extensions {
		c.refer("extension "+e.Name, e.Type)
		c.refer("extension "+e.Name, e.Additional)
	}
	return errors.Join(c.errs...)
}

type checker struct {
	types []Type
	errs  []error
}

func (c *checker) fail(what string) { c.errs = append(c.errs, errors.New("metadata: "+what)) }

func (c *checker) refer(from string, id TypeID) {
	if int64(id) >= int64(len(c.types)) {
		c.fail(from + ": there is no type " + strconv.FormatUint(uint64(id), 10))
	}
}

func (c *checker) checkType(id TypeID) {
	t := &c.types[id]
	name := t.name(id)
	if t.Def == nil {
		c.fail(name + " is reserved and not defined")
		return
	}
	t.Def.each(func(to TypeID) { c.refer(name, to) })
	for _, p := range t.Params {
		if p.Type != NoType {
			c.refer(name, p.Type)
		}
	}
	if v, ok := t.Def.(Variant); ok {
		indices := make(map[uint8]bool)
		for _, one := range v.Cases {
			if indices[one.Index] {
				c.fail(name + ": two cases have the index " + strconv.Itoa(int(one.Index)))
			}
			indices[one.Index] = true
		}
	}
}

// checkVariant checks that a type is one with cases.
func (c *checker) checkVariant(what string, id scale.Option[TypeID]) {
	to, ok := id.Get()
	if !ok {
		return
	}
	c.refer(what, to)
	if int64(to) < int64(len(c.types)) {
		if _, ok := c.types[to].Def.(Variant); !ok {
			c.fail(what + ": " + c.types[to].name(to) + " has no cases")
		}
	}
}

func (c *checker) checkPallet(p *Pallet) {
	if len(p.Storage) > 0 && p.Prefix == "" {
		c.fail("pallet " + p.Name + " has items and no prefix")
	}
	c.checkVariant("calls of "+p.Name, p.Calls)
	c.checkVariant("events of "+p.Name, p.Events)
	c.checkVariant("errors of "+p.Name, p.Errors)
	for _, k := range p.Constants {
		c.refer(p.Name+"."+k.Name, k.Type)
	}
	for i := range p.Storage {
		item := &p.Storage[i]
		name := p.Name + "." + item.Name
		c.refer(name, item.Value)
		if len(item.Hashers) == 0 {
			continue
		}
		c.refer(name, item.Key)
		if n := len(item.Hashers); n > 1 && int64(item.Key) < int64(len(c.types)) {
			if key, ok := c.types[item.Key].Def.(Tuple); !ok || len(key) != n {
				c.fail(name + ": " + strconv.Itoa(n) + " hashers and a key of other parts")
			}
		}
	}
}
