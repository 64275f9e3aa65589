package primitives

import (
	"polkago.dev/sdk/runtime"
	"polkago.dev/sdk/scale"
)

// A RuntimeVersion names a runtime and what is compatible with it (Polkadot specification, "Core_version").
type RuntimeVersion struct {
	// SpecName names the chain's rules.
	SpecName string
	// ImplName names the implementation of the rules.
	ImplName string
	// AuthoringVersion is that of how blocks are authored.
	AuthoringVersion uint32
	// SpecVersion grows with every change of the rules.
	SpecVersion uint32
	// ImplVersion is that of the implementation: it changes nothing that others see.
	ImplVersion uint32
	// APIs are the runtime APIs that are provided.
	APIs []APIVersion
	// TransactionVersion grows when transactions signed for an older version may mean something else.
	TransactionVersion uint32
	// SystemVersion fixes the formats of tries: 0 stands for version 0 of the state trie, 1 and more for version 1;
	// 2 and more also for version 1 of the trie of extrinsics.
	SystemVersion uint8
}

// An APIVersion names a runtime API and its version.
type APIVersion = runtime.APIVersion

// StateVersion returns the version of the state trie.
func (v *RuntimeVersion) StateVersion() uint8 { return min(v.SystemVersion, 1) }

// ExtrinsicsRootVersion returns the version of the trie of extrinsics.
func (v *RuntimeVersion) ExtrinsicsRootVersion() uint8 {
	if v.SystemVersion < 2 {
		return 0
	}
	return 1
}

// AppendSCALE appends the fields in order.
func (v *RuntimeVersion) AppendSCALE(b []byte) []byte {
	b = scale.AppendString(b, v.SpecName)
	b = scale.AppendString(b, v.ImplName)
	b = scale.AppendU32(b, v.AuthoringVersion)
	b = scale.AppendU32(b, v.SpecVersion)
	b = scale.AppendU32(b, v.ImplVersion)
	b = scale.AppendSlice(b, v.APIs, (*APIVersion).AppendSCALE)
	b = scale.AppendU32(b, v.TransactionVersion)
	return append(b, v.SystemVersion)
}

// SizeSCALE returns the length of the encoding.
func (v *RuntimeVersion) SizeSCALE() int {
	texts := scale.SizeString(v.SpecName) + scale.SizeString(v.ImplName)
	apis := scale.SizeLen(len(v.APIs)) + 12*len(v.APIs)
	return texts + 3*4 + apis + 4 + 1
}

// DecodeSCALE reads the fields in order.
func (v *RuntimeVersion) DecodeSCALE(d *scale.Decoder) {
	v.SpecName = d.String()
	v.ImplName = d.String()
	v.AuthoringVersion = d.U32()
	v.SpecVersion = d.U32()
	v.ImplVersion = d.U32()
	v.APIs = scale.DecodeSlice(d, 12, (*APIVersion).DecodeSCALE)
	v.TransactionVersion = d.U32()
	v.SystemVersion = d.U8()
	if d.Failed() {
		d.In("RuntimeVersion")
	}
}
