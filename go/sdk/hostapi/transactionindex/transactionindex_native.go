//go:build !(wasm && polkadot)

package transactionindex

import "polkago.dev/sdk/hostapi/internal/memhost"

func add(i memhost.Indexed) { memhost.Current.Transactions = append(memhost.Current.Transactions, i) }

func hostIndex(extrinsic, size uint32, hash *[32]byte) {
	add(memhost.Indexed{Extrinsic: extrinsic, Size: size, Hash: *hash})
}

func hostRenew(extrinsic uint32, hash *[32]byte) {
	add(memhost.Indexed{Extrinsic: extrinsic, Hash: *hash, Renewed: true})
}
