//go:build wasm && polkadot

package offchain

import "polkago.dev/sdk/scale"

// encodeIDs returns the ids of requests as hosts take them.
func encodeIDs(ids []RequestID) []byte {
	list := scale.AppendLen(nil, len(ids))
	for _, id := range ids {
		list = scale.AppendU16(list, uint16(id))
	}
	return list
}

func encodeDeadline(deadline uint64) []byte {
	if deadline == NoDeadline {
		return []byte{0}
	}
	return scale.AppendU64([]byte{1}, deadline)
}
