//go:build !(wasm && polkadot)

package offchainindex

import "polkago.dev/sdk/hostapi/internal/memhost"

func hostSet(key, value []byte) { memhost.Current.State.Set(memhost.Index, key, value, true) }

func hostClear(key []byte) { memhost.Current.State.Set(memhost.Index, key, nil, false) }
