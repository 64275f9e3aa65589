// Hostapi calls every function of the host API with fixed arguments and tells what it answered. Compiled as a runtime
// it does so on Polkadot's host, compiled by the official go command on the host in memory: the answers must be the
// same to the byte.
package main

import (
	"encoding/hex"
	"strconv"

	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/storage"
)

// A report has a line for each call: a name, and what the call answered.
type report []byte

func (r *report) text(name, answer string) {
	*r = append(append(append(append(*r, name...), ": "...), answer...), '\n')
}

func (r *report) bytes(name string, b []byte) { r.text(name, hex.EncodeToString(b)) }

func (r *report) bool(name string, b bool) { r.text(name, strconv.FormatBool(b)) }

func (r *report) num(name string, n uint64) { r.text(name, strconv.FormatUint(n, 10)) }

func (r *report) hash(name string, h [32]byte) { r.bytes(name, h[:]) }

func (r *report) option(name string, b []byte, ok bool) {
	if !ok {
		r.text(name, "none")
		return
	}
	if b == nil {
		r.text(name, "nil")
		return
	}
	r.text(name, "some "+hex.EncodeToString(b))
}

func (r *report) count(name string, n uint32, ok bool) {
	if !ok {
		r.text(name, "none")
		return
	}
	r.num(name, uint64(n))
}

func (r *report) kill(name string, k hostapi.KillResult) {
	r.text(name, strconv.FormatBool(k.SomeRemaining)+" "+strconv.FormatUint(uint64(k.Loops), 10))
}

func (r *report) removal(name string, k hostapi.RemovalResult) {
	text := "all"
	if k.Cursor != nil {
		text = "from " + hex.EncodeToString(k.Cursor)
	}
	for _, n := range []uint32{k.Backend, k.Unique, k.Loops} {
		text += " " + strconv.FormatUint(uint64(n), 10)
	}
	r.text(name, text)
}

// run calls everything that a block may call.
func run() []byte {
	var r report
	// The runtime's own code is in the state as well; it is not the same everywhere.
	storage.Set([]byte(":code"), []byte("code"))
	r.random()
	r.storage()
	r.transactions()
	r.childStorage()
	r.roots()
	r.tries()
	r.hashes()
	r.signatures()
	r.recovery()
	r.keystore()
	r.batches()
	r.others()
	return r
}

// An entry is a key and its value.
type entry struct{ key, value []byte }

// backend is what the state has before the call.
func backend() []entry {
	var list []entry
	for i := range 40 {
		key := append([]byte("old/"), strconv.Itoa(i*i)...)
		list = append(list, entry{key, pattern(i * 3)})
	}
	return list
}

// pattern returns n bytes.
func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*7 + n)
	}
	return b
}
