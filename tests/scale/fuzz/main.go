// Fuzz decodes inputs that it reads from standard input, and prints what came of each: so that the same can be asked of
// several compilers. An input is the number of a type, the length of the bytes in four bytes, least significant first,
// and the bytes.
//
// For each input it prints one line: "v" for a value or "e" for an error, and a hash of the value's encoding or of the
// error. With the argument "text" it prints the outcome itself. It ends with exit code 1 when something is wrong whatever other
// compilers say: more memory allocated than allowed, or a value whose encoding is not decoded to the same encoding or does
// not have the size that the value tells.
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"runtime"

	"polkago.dev/sdk/scale"
)

// A value can be encoded and decoded.
type value interface {
	scale.Sized
	scale.Decodable
}

// types make new values.
var types = []func() value{
	func() value { return new(Everything) },
	func() value { return new(Calls) },
	func() value { return new(Tree) },
	func() value { return new(Larges) },
	func() value { return new(Units) },
	func() value { return new(Dict) },
}

const (
	// factor is how many times the length of the input a decoder may allocate.
	factor = 10
	// constant is what may come on top, for the error with its texts.
	constant = 4096
)

func main() {
	text := len(os.Args) > 1 && os.Args[1] == "text"
	in := bufio.NewReaderSize(os.Stdin, 1<<16)
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	bad := false
	for {
		var header [5]byte
		if _, err := io.ReadFull(in, header[:]); err != nil {
			break
		}
		input := make([]byte, binary.LittleEndian.Uint32(header[1:]))
		if _, err := io.ReadFull(in, input); err != nil {
			break
		}
		outcome, problem := try(types[int(header[0])%len(types)], input)
		if problem != "" {
			fmt.Fprintf(out, "WRONG %s: type %d, input %x\n", problem, header[0], input)
			bad = true
		} else if text {
			fmt.Fprintf(out, "%q\n", outcome)
		} else {
			h := fnv.New64a()
			h.Write(outcome)
			fmt.Fprintf(out, "%c%016x\n", outcome[0], h.Sum64())
		}
	}
	out.Flush()
	if bad {
		os.Exit(1)
	}
}

// stats is as large as what is measured, so it is allocated once.
var stats runtime.MemStats

// allocated returns the bytes allocated so far.
func allocated() uint64 {
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}

// measure returns how many bytes it takes to decode a value within the limit of memory. What other parts of the
// program allocate meanwhile counts too, so the least of some runs is taken when there seem to be too many.
func measure(make func() value, input []byte, most uint64) (bytes uint64) {
	for range 3 {
		v := make()
		d := scale.NewDecoder(input)
		d.SetMemoryLimit(factor * len(input))
		before := allocated()
		v.DecodeSCALE(d)
		bytes = allocated() - before
		if bytes <= most {
			break
		}
	}
	return bytes
}

// try decodes an input. It returns what came of it, and what is wrong for sure.
func try(make func() value, input []byte) (outcome []byte, problem string) {
	outcome, problem = decode(make(), scale.NewDecoder(input))
	// Values take different memory on different machines: a limit may change the outcome, but only to one error.
	most := uint64(factor*len(input) + constant)
	if bytes := measure(make, input, most); bytes > most {
		return nil, fmt.Sprintf("%d bytes allocated, at most %d allowed", bytes, most)
	}
	d := scale.NewDecoder(input)
	d.SetMemoryLimit(factor * len(input))
	with, _ := decode(make(), d)
	if err, ok := d.Err().(*scale.Error); ok && err.Kind == scale.TooMuchMemory {
		return outcome, problem
	}
	if problem == "" && !bytes.Equal(with, outcome) {
		return nil, fmt.Sprintf("with a limit of memory %q, without %q", with, outcome)
	}
	if len(outcome) > 0 && outcome[0] == 'v' {
		again := make()
		if err := scale.Unmarshal(outcome[1:], again); err != nil {
			return nil, "refused when encoded anew: " + err.Error()
		}
		if !bytes.Equal(again.AppendSCALE(nil), outcome[1:]) {
			return nil, "two encodings"
		}
		if size := again.SizeSCALE(); size != len(outcome)-1 {
			return nil, fmt.Sprintf("the encoding has %d bytes, and the size is %d", len(outcome)-1, size)
		}
		if len(outcome)-1 > len(input) {
			return nil, "the encoding is longer than the input"
		}
	}
	return outcome, problem
}

// decode decodes a value from d: the outcome is "v" and its encoding, or "e" and the error.
func decode(v value, d *scale.Decoder) (outcome []byte, problem string) {
	defer func() {
		if p := recover(); p != nil {
			problem = fmt.Sprint("panic: ", p)
		}
	}()
	v.DecodeSCALE(d)
	if err := d.Finish(); err != nil {
		return append([]byte("e"), err.Error()...), ""
	}
	return v.AppendSCALE([]byte("v")), ""
}
