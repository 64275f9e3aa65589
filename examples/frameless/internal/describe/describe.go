// Package describe is the description of the runtime for clients, as metadata. The runtime does not contain it: it
// embeds the document that "go generate" makes of it.
package describe

import (
	"polkago.dev/sdk/metadata"
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/primitives"
	"polkago.dev/sdk/scale"
)

// Facts are what the runtime's own code says, so that nothing is said twice.
type Facts struct {
	Version            primitives.RuntimeVersion
	BlockHashCount     uint32
	MaxValue           uint32
	ExistentialDeposit num.U128
}

// Document returns the metadata of version 14.
func Document(facts *Facts) ([]byte, error) {
	var m metadata.Document
	t := newTypes(&m.Types)
	system, timestamp, balances, storage := t.system(facts), t.timestamp(), t.balances(facts), t.storage(facts)
	m.Pallets = []metadata.Pallet{system, timestamp, balances, storage}
	call := t.runtimeCall(m.Pallets)
	m.Extrinsic = t.extrinsic(call)
	m.Runtime = t.r.Struct([]string{"frameless", "Runtime"})
	return m.Encode()
}

// types are the types that more than one part of the document refers to.
type types struct {
	r                                  *metadata.Registry
	unit, u8, u16, u32, u64, u128, str metadata.TypeID
	bytes, hash, account, address      metadata.TypeID
	compactU32, compactU64             metadata.TypeID
	compactU128                        metadata.TypeID
}

func newTypes(r *metadata.Registry) *types {
	t := &types{r: r}
	t.unit = r.Tuple()
	t.u8 = r.Primitive(metadata.U8)
	t.u16 = r.Primitive(metadata.U16)
	t.u32 = r.Primitive(metadata.U32)
	t.u64 = r.Primitive(metadata.U64)
	t.u128 = r.Primitive(metadata.U128)
	t.str = r.Primitive(metadata.Str)
	t.bytes = r.Bytes()
	t.compactU32 = r.Compact(t.u32)
	t.compactU64 = r.Compact(t.u64)
	t.compactU128 = r.Compact(t.u128)
	bytes32 := metadata.Field{Type: r.ByteArray(32), TypeName: "[u8; 32]"}
	t.hash = r.Struct([]string{"primitive_types", "H256"}, bytes32)
	t.account = r.Struct([]string{"sp_core", "crypto", "AccountId32"}, bytes32)
	t.address = r.Add(metadata.Type{
		Path:   []string{"sp_runtime", "multiaddress", "MultiAddress"},
		Params: []metadata.Param{{Name: "AccountId", Type: t.account}, {Name: "AccountIndex", Type: t.u32}},
		Def: metadata.Variant{Cases: []metadata.Case{
			{Name: "Id", Index: 0, Fields: []metadata.Field{{Type: t.account, TypeName: "AccountId"}}},
			{Name: "Index", Index: 1, Fields: []metadata.Field{{Type: t.compactU32, TypeName: "AccountIndex"}}},
			{Name: "Raw", Index: 2, Fields: []metadata.Field{{Type: t.bytes, TypeName: "Vec<u8>"}}},
			{Name: "Address32", Index: 3, Fields: []metadata.Field{bytes32}},
			{Name: "Address20", Index: 4, Fields: []metadata.Field{{Type: r.ByteArray(20), TypeName: "[u8; 20]"}}},
		}},
	})
	return t
}

// runtimeCall returns the type of all calls: a case for each pallet that has some.
func (t *types) runtimeCall(pallets []metadata.Pallet) metadata.TypeID {
	var cases []metadata.Case
	for i := range pallets {
		if calls, ok := pallets[i].Calls.Get(); ok {
			cases = append(cases, metadata.Case{
				Name:   pallets[i].Name,
				Index:  pallets[i].Index,
				Fields: []metadata.Field{{Type: calls}},
			})
		}
	}
	return t.r.Enum([]string{"frameless", "RuntimeCall"}, cases...)
}

// zeros returns an encoded value of n bytes that are 0.
func zeros(n int) []byte { return make([]byte, n) }

// none is an encoded absent value.
var none = []byte{0}

func u32(v uint32) []byte { return scale.AppendU32(nil, v) }
