//go:build !polkago_rfc145

package main

import "polkago.dev/sdk/hostapi/offchain"

func (r *report) network() {
	state, ok := offchain.Network()
	r.option("network peer", append([]byte{}, state.PeerID...), ok)
	r.num("network addresses", uint64(len(state.Addresses)))
}
