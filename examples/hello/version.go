package main

// A runtimeVersion is what Core_version returns (Polkadot specification, "Runtime API", RuntimeVersion).
type runtimeVersion struct {
	specName           string
	implName           string
	authoringVersion   uint32
	specVersion        uint32
	implVersion        uint32
	apis               []apiVersion
	transactionVersion uint32
	stateVersion       uint8
}

// An apiVersion names a runtime API, by the first 8 bytes of the BLAKE2b hash of its name, and its version.
type apiVersion struct {
	id      [8]byte
	version uint32
}

var version = runtimeVersion{
	specName:         "hello",
	implName:         "polkago-hello",
	authoringVersion: 1,
	specVersion:      1,
	implVersion:      1,
	apis: []apiVersion{
		{id: [8]byte{0xdf, 0x6a, 0xcb, 0x68, 0x99, 0x07, 0x60, 0x9b}, version: 5}, // Core
	},
	transactionVersion: 1,
	stateVersion:       1,
}

// encode returns the version in SCALE.
func (v *runtimeVersion) encode() []byte {
	var b []byte
	b = appendString(b, v.specName)
	b = appendString(b, v.implName)
	b = appendU32(b, v.authoringVersion)
	b = appendU32(b, v.specVersion)
	b = appendU32(b, v.implVersion)
	b = appendCompact(b, uint32(len(v.apis)))
	for i := range v.apis {
		b = append(b, v.apis[i].id[:]...)
		b = appendU32(b, v.apis[i].version)
	}
	b = appendU32(b, v.transactionVersion)
	return append(b, v.stateVersion)
}

func appendU32(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}

func appendString(b []byte, s string) []byte {
	return append(appendCompact(b, uint32(len(s))), s...)
}

// appendCompact appends a compact integer below 2^30.
func appendCompact(b []byte, v uint32) []byte {
	switch {
	case v < 1<<6:
		return append(b, byte(v)<<2)
	case v < 1<<14:
		return append(b, byte(v)<<2|1, byte(v>>6))
	}
	return appendU32(b, v<<2|2)
}
