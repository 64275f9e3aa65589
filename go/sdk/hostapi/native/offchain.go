package native

import "polkago.dev/sdk/hostapi/internal/memhost"

// Offchain is what an offchain worker reaches, for a test to prepare and to look at.
type Offchain = memhost.Offchain

// HTTP answers the requests of an offchain worker.
type HTTP = memhost.HTTP

// StartOffchain makes the calls that follow those of an offchain worker: without it the functions of package offchain
// panic, as they trap in a block.
func StartOffchain() *Offchain {
	memhost.Current.Offchain = memhost.NewOffchain()
	return memhost.Current.Offchain
}

// StopOffchain makes the calls that follow those of a block again.
func StopOffchain() { memhost.Current.Offchain = nil }
