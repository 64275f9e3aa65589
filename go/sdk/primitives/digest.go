package primitives

import (
	"bytes"

	"polkago.dev/sdk/scale"
)

// A DigestKind says what a digest item is for. The values are those of its encoding.
type DigestKind uint8

// The kinds of digest items.
const (
	// DigestOther: anything; it has no engine.
	DigestOther DigestKind = 0
	// DigestConsensus: a message of the runtime to a consensus engine.
	DigestConsensus DigestKind = 4
	// DigestSeal: the proof of the block's author, put on behind all else. A runtime never sees it.
	DigestSeal DigestKind = 5
	// DigestPreRuntime: a message of a consensus engine to the runtime, known before the block is executed.
	DigestPreRuntime DigestKind = 6
	// DigestRuntimeEnvironmentUpdated: the block has changed the code of the runtime; it has neither engine nor data.
	DigestRuntimeEnvironmentUpdated DigestKind = 8
)

// A DigestItem is an entry in the digest of a header (Polkadot specification, definition "Header Digest").
type DigestItem struct {
	Kind DigestKind
	// Engine is the consensus engine that a pre-runtime, consensus or seal item belongs to.
	Engine [4]byte
	// Data is the content; in memory of its own after decoding.
	Data []byte
}

// hasEngine reports whether items of the kind belong to a consensus engine.
func (k DigestKind) hasEngine() bool {
	return k == DigestConsensus || k == DigestSeal || k == DigestPreRuntime
}

// AppendSCALE appends the kind and what belongs to it.
func (i *DigestItem) AppendSCALE(b []byte) []byte {
	b = append(b, byte(i.Kind))
	if i.Kind == DigestRuntimeEnvironmentUpdated {
		return b
	}
	if i.Kind.hasEngine() {
		b = append(b, i.Engine[:]...)
	}
	return scale.AppendBytes(b, i.Data)
}

// SizeSCALE returns the length of the encoding.
func (i *DigestItem) SizeSCALE() int {
	switch {
	case i.Kind == DigestRuntimeEnvironmentUpdated:
		return 1
	case i.Kind.hasEngine():
		return 1 + len(i.Engine) + scale.SizeBytes(i.Data)
	}
	return 1 + scale.SizeBytes(i.Data)
}

// DecodeSCALE reads an item of one of the known kinds.
func (i *DigestItem) DecodeSCALE(d *scale.Decoder) {
	at := d.Offset()
	*i = DigestItem{Kind: DigestKind(d.U8())}
	switch {
	case i.Kind == DigestRuntimeEnvironmentUpdated:
	case i.Kind == DigestOther:
		i.Data = d.Bytes()
	case i.Kind.hasEngine():
		d.Fixed(i.Engine[:])
		i.Data = d.Bytes()
	default:
		d.BadTag(at, byte(i.Kind))
	}
}

// Equal reports whether two items are the same.
func (i *DigestItem) Equal(j *DigestItem) bool {
	return i.Kind == j.Kind && i.Engine == j.Engine && bytes.Equal(i.Data, j.Data)
}

// A Digest is what a header says besides numbers and roots.
type Digest []DigestItem

// AppendSCALE appends the number of items and the items.
func (g *Digest) AppendSCALE(b []byte) []byte {
	return scale.AppendSlice(b, *g, (*DigestItem).AppendSCALE)
}

// SizeSCALE returns the length of the encoding.
func (g *Digest) SizeSCALE() int { return scale.SizeSlice(*g, (*DigestItem).SizeSCALE) }

// DecodeSCALE reads items; each takes at least one byte.
func (g *Digest) DecodeSCALE(d *scale.Decoder) {
	*g = scale.DecodeSlice(d, 1, (*DigestItem).DecodeSCALE)
}

// PreRuntime returns the pre-runtime items: what the digest holds before the block is executed.
func (g Digest) PreRuntime() Digest {
	var items Digest
	for i := range g {
		if g[i].Kind == DigestPreRuntime {
			items = append(items, g[i])
		}
	}
	return items
}
