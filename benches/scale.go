// Encoding and decoding in the manner of SCALE: compact integers, vectors, optional values, structs.
//
//bench:allocates
package main

import "errors"

var errShort = errors.New("unexpected end of input")

type encoder struct{ buf []byte }

func (e *encoder) u8(v uint8)   { e.buf = append(e.buf, v) }
func (e *encoder) u32(v uint32) { e.buf = append(e.buf, byte(v), byte(v>>8), byte(v>>16), byte(v>>24)) }
func (e *encoder) u64(v uint64) { e.u32(uint32(v)); e.u32(uint32(v >> 32)) }

func (e *encoder) compact(v uint32) {
	switch {
	case v < 1<<6:
		e.u8(uint8(v) << 2)
	case v < 1<<14:
		e.buf = append(e.buf, byte(v<<2)|1, byte(v>>6))
	case v < 1<<30:
		e.u32(v<<2 | 2)
	default:
		e.u8(3)
		e.u32(v)
	}
}

func (e *encoder) bytes(p []byte) {
	e.compact(uint32(len(p)))
	e.buf = append(e.buf, p...)
}

type decoder struct {
	buf []byte
	err error
}

func (d *decoder) take(n int) []byte {
	if n > len(d.buf) {
		d.err = errShort
		return make([]byte, n)
	}
	p := d.buf[:n]
	d.buf = d.buf[n:]
	return p
}

func (d *decoder) u8() uint8 { return d.take(1)[0] }

func (d *decoder) u32() uint32 {
	p := d.take(4)
	return uint32(p[0]) | uint32(p[1])<<8 | uint32(p[2])<<16 | uint32(p[3])<<24
}

func (d *decoder) u64() uint64 { lo := d.u32(); return uint64(lo) | uint64(d.u32())<<32 }

func (d *decoder) compact() uint32 {
	b := d.u8()
	switch b & 3 {
	case 0:
		return uint32(b >> 2)
	case 1:
		return uint32(b>>2) | uint32(d.u8())<<6
	case 2:
		p := d.take(3)
		return uint32(b>>2) | uint32(p[0])<<6 | uint32(p[1])<<14 | uint32(p[2])<<22
	}
	return d.u32()
}

func (d *decoder) bytes() []byte {
	n := int(d.compact())
	return append([]byte(nil), d.take(n)...)
}

type codec interface {
	encode(e *encoder)
	decode(d *decoder)
}

type transfer struct {
	from, to [32]byte
	value    uint64
	tip      *uint32
	memo     []byte
}

func (t *transfer) encode(e *encoder) {
	e.buf = append(e.buf, t.from[:]...)
	e.buf = append(e.buf, t.to[:]...)
	e.u64(t.value)
	if t.tip == nil {
		e.u8(0)
	} else {
		e.u8(1)
		e.compact(*t.tip)
	}
	e.bytes(t.memo)
}

func (t *transfer) decode(d *decoder) {
	copy(t.from[:], d.take(32))
	copy(t.to[:], d.take(32))
	t.value = d.u64()
	if d.u8() == 1 {
		tip := d.compact()
		t.tip = &tip
	}
	t.memo = d.bytes()
}

func encodeAll[T codec](xs []T) []byte {
	var e encoder
	e.compact(uint32(len(xs)))
	for _, x := range xs {
		x.encode(&e)
	}
	return e.buf
}

func decodeAll[T any, P interface {
	*T
	codec
}](buf []byte) ([]P, error) {
	d := decoder{buf: buf}
	n := int(d.compact())
	xs := make([]P, 0, n)
	for i := 0; i < n && d.err == nil; i++ {
		x := P(new(T))
		x.decode(&d)
		xs = append(xs, x)
	}
	return xs, d.err
}

func main() {
	var transfers []*transfer
	for i := uint32(0); i < 1000; i++ {
		t := &transfer{value: uint64(i) * 1000000007, memo: make([]byte, i%40)}
		t.from[i%32], t.to[i%31] = byte(i), byte(i>>2)
		if i%3 == 0 {
			tip := i * i
			t.tip = &tip
		}
		transfers = append(transfers, t)
	}
	sum := uint64(0)
	for round := 0; round < 300; round++ {
		buf := encodeAll(transfers)
		back, err := decodeAll[transfer](buf)
		if err != nil {
			panic(err)
		}
		for _, t := range back {
			sum = sum*31 + t.value + uint64(len(t.memo))
			if t.tip != nil {
				sum += uint64(*t.tip)
			}
		}
		sum += uint64(len(buf))
	}
	println(sum)
}
