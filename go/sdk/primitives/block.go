package primitives

import "polkago.dev/sdk/scale"

// A Header is the head of a block; its BLAKE2b-256 hash names the block (Polkadot specification, definition "Block
// Header").
type Header struct {
	ParentHash     Hash
	Number         BlockNumber
	StateRoot      Hash
	ExtrinsicsRoot Hash
	Digest         Digest
}

// AppendSCALE appends the fields in order; the number is compact.
func (h *Header) AppendSCALE(b []byte) []byte {
	b = append(b, h.ParentHash[:]...)
	b = scale.AppendCompactU32(b, h.Number)
	b = append(b, h.StateRoot[:]...)
	b = append(b, h.ExtrinsicsRoot[:]...)
	return h.Digest.AppendSCALE(b)
}

// SizeSCALE returns the length of the encoding.
func (h *Header) SizeSCALE() int {
	hashes := len(h.ParentHash) + len(h.StateRoot) + len(h.ExtrinsicsRoot)
	return hashes + scale.SizeCompactU32(h.Number) + h.Digest.SizeSCALE()
}

// DecodeSCALE reads the fields in order.
func (h *Header) DecodeSCALE(d *scale.Decoder) {
	h.ParentHash.DecodeSCALE(d)
	h.Number = d.CompactU32()
	h.StateRoot.DecodeSCALE(d)
	h.ExtrinsicsRoot.DecodeSCALE(d)
	if h.Digest.DecodeSCALE(d); d.Failed() {
		d.In("Header")
	}
}

// A Block is a header and a body: the extrinsics, each as [Extrinsic] encodes them, without their length.
type Block struct {
	Header     Header
	Extrinsics [][]byte
}

// AppendSCALE appends the header and the sequence of extrinsics.
func (k *Block) AppendSCALE(b []byte) []byte {
	return scale.AppendSlice(k.Header.AppendSCALE(b), k.Extrinsics, scale.PutBytes)
}

// SizeSCALE returns the length of the encoding.
func (k *Block) SizeSCALE() int {
	return k.Header.SizeSCALE() + scale.SizeSlice(k.Extrinsics, sizeBytes)
}

// DecodeSCALE reads the header and the extrinsics. They are views of the input.
func (k *Block) DecodeSCALE(d *scale.Decoder) {
	k.Header.DecodeSCALE(d)
	k.Extrinsics = scale.DecodeSlice(d, 1, getView)
	if d.Failed() {
		d.In("Block")
	}
}

func getView(v *[]byte, d *scale.Decoder) { *v = d.BytesView() }
