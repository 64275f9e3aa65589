// Package merlin is transcripts of protocols ("Merlin Transcripts", merlin.cool) on the sponge construction STROBE
// (version 1.0.2, of 128 bits of security), as far as Merlin uses it.
package merlin

import (
	"encoding/binary"

	"polkago.dev/sdk/hostapi/internal/keccak"
)

// rate is the number of bytes that STROBE puts in or takes out between two permutations.
const rate = 166

// Flags of STROBE's operations.
const (
	flagInbound = 1 << iota
	flagApplication
	flagCipher
	flagTransport
	flagMeta
)

// A Transcript has what was said in a protocol so far. It may be copied.
type Transcript struct {
	state    [200]byte
	pos      int
	posBegin byte
}

// New returns the transcript of a protocol.
func New(label string) *Transcript {
	t := &Transcript{}
	copy(t.state[:], "\x01\xa8\x01\x00\x01\x60STROBEv1.0.2")
	t.permute()
	t.begin(flagMeta | flagApplication)
	t.absorb([]byte("Merlin v1.0"))
	t.Append("dom-sep", []byte(label))
	return t
}

// Append adds a message with a label.
func (t *Transcript) Append(label string, message []byte) {
	t.label(label, len(message))
	t.begin(flagApplication)
	t.absorb(message)
}

// Challenge fills out with bytes that depend on all messages so far, and adds that it did.
func (t *Transcript) Challenge(label string, out []byte) {
	t.label(label, len(out))
	t.begin(flagInbound | flagApplication | flagCipher)
	for i := range out {
		out[i] = t.state[t.pos]
		t.state[t.pos] = 0
		t.advance()
	}
}

func (t *Transcript) label(label string, n int) {
	t.begin(flagMeta | flagApplication)
	t.absorb([]byte(label))
	t.absorb(binary.LittleEndian.AppendUint32(nil, uint32(n)))
}

func (t *Transcript) begin(flags byte) {
	old := t.posBegin
	t.posBegin = byte(t.pos + 1)
	t.absorb([]byte{old, flags})
	if flags&flagCipher != 0 && t.pos != 0 {
		t.pad()
	}
}

func (t *Transcript) absorb(data []byte) {
	for _, b := range data {
		t.state[t.pos] ^= b
		t.advance()
	}
}

func (t *Transcript) advance() {
	t.pos++
	if t.pos == rate {
		t.pad()
	}
}

func (t *Transcript) pad() {
	t.state[t.pos] ^= t.posBegin
	t.state[t.pos+1] ^= 0x04
	t.state[rate+1] ^= 0x80
	t.permute()
	t.pos, t.posBegin = 0, 0
}

func (t *Transcript) permute() {
	var lanes [25]uint64
	for i := range lanes {
		lanes[i] = binary.LittleEndian.Uint64(t.state[8*i:])
	}
	keccak.Permute(&lanes)
	for i, lane := range lanes {
		binary.LittleEndian.PutUint64(t.state[8*i:], lane)
	}
}
