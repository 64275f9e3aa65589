package runtime

import (
	"polkago.dev/sdk/abi"
	"polkago.dev/sdk/scale"
)

// An APIVersion names a runtime API by the first 8 bytes of the BLAKE2b hash of its name, and its version.
type APIVersion struct {
	ID      [8]byte
	Version uint32
}

// AppendSCALE appends the encoding: the 8 bytes and the version.
func (v *APIVersion) AppendSCALE(b []byte) []byte {
	return scale.AppendU32(append(b, v.ID[:]...), v.Version)
}

// SizeSCALE returns the length of the encoding.
func (v *APIVersion) SizeSCALE() int { return len(v.ID) + 4 }

// DecodeSCALE reads what AppendSCALE wrote.
func (v *APIVersion) DecodeSCALE(d *scale.Decoder) {
	d.Fixed(v.ID[:])
	v.Version = d.U32()
}

// Arguments returns a decoder of the arguments of a call, n bytes at address ptr.
func Arguments(ptr, n uint32) *scale.Decoder { return scale.NewDecoder(abi.Input(ptr, n)) }

// Decoded must be called when the arguments of a call have been read. It panics if they could not be, or if there
// are more. function is the name of the exported function.
func Decoded(function string, d *scale.Decoder) {
	if err := d.Finish(); err != nil {
		panic("arguments of " + function + ": " + err.Error())
	}
}

// Result returns the encoded result of a call, as exported functions return it. b must not change afterwards.
func Result(b []byte) uint64 { return abi.Output(b) }

// NoArguments is what functions without parameters call: it panics if there are arguments.
func NoArguments(function string, ptr, n uint32) { Decoded(function, Arguments(ptr, n)) }

// BadArgument panics because of the error of d, which is about the argument of that name.
func BadArgument(function, argument string, d *scale.Decoder) {
	d.In(argument)
	Decoded(function, d)
}
