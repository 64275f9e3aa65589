package primitives

import (
	"bytes"
	"slices"

	"polkago.dev/sdk/scale"
)

// An InherentID names a kind of inherent data.
type InherentID [8]byte

// TimestampInherent is the kind whose data is the time, in milliseconds since 1970, as 8 bytes.
var TimestampInherent = InherentID{'t', 'i', 'm', 's', 't', 'a', 'p', '0'}

// InherentData is what the author of a block knows and the runtime wants to have in the block (Polkadot
// specification, definition "Inherent Data"). Its zero value is empty.
type InherentData struct {
	entries []inherent // in the order of their IDs
}

type inherent struct {
	id   InherentID
	data []byte
}

func (i *InherentData) find(id InherentID) (at int, found bool) {
	return slices.BinarySearchFunc(i.entries, id, func(e inherent, id InherentID) int {
		return bytes.Compare(e.id[:], id[:])
	})
}

// Len returns the number of kinds.
func (i *InherentData) Len() int { return len(i.entries) }

// Get returns the data of a kind and true, or false where there is none.
func (i *InherentData) Get(id InherentID) (data []byte, ok bool) {
	at, found := i.find(id)
	if !found {
		return nil, false
	}
	return i.entries[at].data, true
}

// Put sets the data of a kind.
func (i *InherentData) Put(id InherentID, data []byte) {
	at, found := i.find(id)
	if !found {
		i.entries = slices.Insert(i.entries, at, inherent{id: id})
	}
	i.entries[at].data = data
}

// AppendSCALE appends the kinds with their data, in the order of their IDs.
func (i *InherentData) AppendSCALE(b []byte) []byte {
	b = scale.AppendLen(b, len(i.entries))
	for k := range i.entries {
		b = scale.AppendBytes(append(b, i.entries[k].id[:]...), i.entries[k].data)
	}
	return b
}

// SizeSCALE returns the length of the encoding.
func (i *InherentData) SizeSCALE() int {
	size := scale.SizeLen(len(i.entries))
	for k := range i.entries {
		size += len(i.entries[k].id) + scale.SizeBytes(i.entries[k].data)
	}
	return size
}

// DecodeSCALE reads kinds with their data. As in the reference implementation they may come in any order, and the
// last data of a kind counts.
func (i *InherentData) DecodeSCALE(d *scale.Decoder) {
	*i = InherentData{}
	for range d.Len(9) {
		var id InherentID
		d.Fixed(id[:])
		data := d.Bytes()
		if d.Failed() {
			d.In("InherentData")
			return
		}
		i.Put(id, data)
	}
}

// A CheckInherentsResult says whether the inherents of a block agree with what its checker knows (reference
// implementation, sp_inherents::CheckInherentsResult).
type CheckInherentsResult struct {
	Okay bool
	// Fatal: the block must be refused.
	Fatal bool
	// Errors has an encoded error for each kind with one.
	Errors InherentData
}

// AppendSCALE appends the fields in order.
func (r *CheckInherentsResult) AppendSCALE(b []byte) []byte {
	b = scale.AppendBool(b, r.Okay)
	b = scale.AppendBool(b, r.Fatal)
	return r.Errors.AppendSCALE(b)
}

// SizeSCALE returns the length of the encoding.
func (r *CheckInherentsResult) SizeSCALE() int { return 2 + r.Errors.SizeSCALE() }

// DecodeSCALE reads the fields in order.
func (r *CheckInherentsResult) DecodeSCALE(d *scale.Decoder) {
	r.Okay = d.Bool()
	r.Fatal = d.Bool()
	r.Errors.DecodeSCALE(d)
}
