// Package host is how the packages of the host API pass values: arguments as addresses and lengths in linear memory,
// and results in memory that the host allocated for the runtime, which is copied and given back.
package host

import (
	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/scale"
)

// AppendLimit appends an optional number for which [hostapi.NoLimit] stands for none.
func AppendLimit(b []byte, limit uint32) []byte {
	if limit == hostapi.NoLimit {
		return append(b, 0)
	}
	return append(b, 1, byte(limit), byte(limit>>8), byte(limit>>16), byte(limit>>24))
}

// AppendOptionBytes appends an optional sequence of bytes: nil stands for none.
func AppendOptionBytes(b, v []byte) []byte {
	if v == nil {
		return append(b, 0)
	}
	return scale.AppendBytes(append(b, 1), v)
}
