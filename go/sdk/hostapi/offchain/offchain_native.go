//go:build !(wasm && polkadot)

package offchain

import (
	"bytes"
	"slices"

	"polkago.dev/sdk/hostapi/internal/memhost"
	"polkago.dev/sdk/scale"
)

func hostIsValidator() bool { return memhost.Worker("is_validator").Validator }

func hostSubmitTransaction(extrinsic []byte) bool {
	w := memhost.Worker("submit_transaction")
	if !w.RefuseSubmit {
		w.Submitted = append(w.Submitted, bytes.Clone(extrinsic))
	}
	return !w.RefuseSubmit
}

func hostNetworkState() (state NetworkState, ok bool) {
	w := memhost.Worker("network_state")
	if w.NetworkState == nil {
		return state, false
	}
	d := scale.NewDecoder(w.NetworkState)
	state.PeerID = d.Bytes()
	state.Addresses = scale.DecodeSlice(d, 1, scale.GetBytes)
	if err := d.Finish(); err != nil {
		panic("native: the network state: " + err.Error())
	}
	return state, true
}

func hostTimestamp() uint64 { return memhost.Worker("timestamp").Time }

// Time passes by sleeping alone.
func hostSleepUntil(deadline uint64) {
	w := memhost.Worker("sleep_until")
	w.Time = max(w.Time, deadline)
}

func hostRandomSeed() [32]byte { return memhost.Worker("random_seed").Seed }

func hostSetAuthorizedNodes(nodes [][]byte, onlyThem bool) {
	w := memhost.Worker("set_authorized_nodes")
	w.Authorized, w.OnlyThem = slices.Clone(nodes), onlyThem
}

func store(function string, kind Kind) memhost.Entries {
	w := memhost.Worker(function)
	if kind == Local {
		return w.Local
	}
	return w.Persistent
}

func hostGet(kind Kind, key []byte) ([]byte, bool) {
	value, ok := store("local_storage_get", kind)[string(key)]
	return bytes.Clone(value), ok
}

func hostSet(kind Kind, key, value []byte) {
	store("local_storage_set", kind)[string(key)] = append([]byte{}, value...)
}

func hostClear(kind Kind, key []byte) { delete(store("local_storage_clear", kind), string(key)) }

func hostCompareAndSet(kind Kind, key, old, value []byte) bool {
	s := store("local_storage_compare_and_set", kind)
	has, ok := s[string(key)]
	if ok != (old != nil) || !bytes.Equal(has, old) {
		return false
	}
	s[string(key)] = append([]byte{}, value...)
	return true
}
