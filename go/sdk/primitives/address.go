package primitives

import (
	"polkago.dev/sdk/num"
	"polkago.dev/sdk/scale"
)

// An AddressKind is a form of address.
type AddressKind uint8

// The forms of addresses.
const (
	// AddressID: an account's own identifier.
	AddressID AddressKind = iota
	// AddressIndex: the index of an account, where a runtime keeps one. Runtimes differ in the type of indices; all
	// are compact integers.
	AddressIndex
	// AddressRaw: bytes that mean something to the runtime.
	AddressRaw
	// Address32: 32 bytes that mean something to the runtime.
	Address32
	// Address20: 20 bytes, as of an Ethereum account.
	Address20
)

// A MultiAddress names an account in one of several forms (reference implementation,
// sp_runtime::MultiAddress).
type MultiAddress struct {
	Kind AddressKind
	// ID is the account where the kind is AddressID, and the bytes where it is Address32 or, in the first 20,
	// Address20.
	ID AccountID
	// Index is used where the kind is AddressIndex.
	Index num.U128
	// Raw is used where the kind is AddressRaw. After decoding it is a view of the input.
	Raw []byte
}

// AddressOf returns the address of an account.
func AddressOf(id AccountID) MultiAddress { return MultiAddress{ID: id} }

// Account returns the account and true where the address is an account's own identifier.
func (a *MultiAddress) Account() (id AccountID, ok bool) { return a.ID, a.Kind == AddressID }

// AppendSCALE appends the kind and what belongs to it.
func (a *MultiAddress) AppendSCALE(b []byte) []byte {
	b = append(b, byte(a.Kind))
	switch a.Kind {
	case AddressIndex:
		return scale.AppendCompactU128(b, a.Index)
	case AddressRaw:
		return scale.AppendBytes(b, a.Raw)
	case Address20:
		return append(b, a.ID[:20]...)
	}
	return append(b, a.ID[:]...)
}

// SizeSCALE returns the length of the encoding.
func (a *MultiAddress) SizeSCALE() int {
	switch a.Kind {
	case AddressIndex:
		return 1 + scale.SizeCompactU128(a.Index)
	case AddressRaw:
		return 1 + scale.SizeBytes(a.Raw)
	case Address20:
		return 1 + 20
	}
	return 1 + len(a.ID)
}

// DecodeSCALE reads an address of one of the known kinds.
func (a *MultiAddress) DecodeSCALE(d *scale.Decoder) {
	*a = MultiAddress{Kind: AddressKind(d.Tag(int(Address20) + 1))}
	switch a.Kind {
	case AddressIndex:
		a.Index = d.CompactU128()
	case AddressRaw:
		a.Raw = d.BytesView()
	case Address20:
		d.Fixed(a.ID[:20])
	default:
		d.Fixed(a.ID[:])
	}
}
