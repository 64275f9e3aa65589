//go:build wasm && polkadot

package offchain

import (
	"polkago.dev/sdk/hostapi/internal/host"
	"polkago.dev/sdk/scale"
)

//go:wasmimport env ext_offchain_is_validator_version_1
func ext_offchain_is_validator_version_1() uint32

//go:wasmimport env ext_offchain_network_state_version_1
func ext_offchain_network_state_version_1() uint64

//go:wasmimport env ext_offchain_timestamp_version_1
func ext_offchain_timestamp_version_1() uint64

//go:wasmimport env ext_offchain_sleep_until_version_1
func ext_offchain_sleep_until_version_1(deadline uint64)

//go:wasmimport env ext_offchain_set_authorized_nodes_version_1
func ext_offchain_set_authorized_nodes_version_1(nodes uint64, onlyThem uint32)

//go:wasmimport env ext_offchain_local_storage_set_version_1
func ext_offchain_local_storage_set_version_1(kind uint32, key, value uint64)

//go:wasmimport env ext_offchain_local_storage_clear_version_1
func ext_offchain_local_storage_clear_version_1(kind uint32, key uint64)

//go:wasmimport env ext_offchain_local_storage_compare_and_set_version_1
func ext_offchain_local_storage_compare_and_set_version_1(kind uint32, key, old, value uint64) uint32

func hostIsValidator() bool { return ext_offchain_is_validator_version_1() != 0 }

// RFC-145 replaces this function by one for the peer id alone, under a prototype of another name.
func hostNetworkState() (state NetworkState, ok bool) {
	b := host.Take(ext_offchain_network_state_version_1())
	d := scale.NewDecoder(b)
	if d.U8() != 0 {
		return state, false
	}
	state.PeerID = d.BytesView()
	state.Addresses = scale.DecodeSlice(d, 1, scale.GetBytes)
	return state, true
}

func hostTimestamp() uint64 { return ext_offchain_timestamp_version_1() }

func hostSleepUntil(deadline uint64) { ext_offchain_sleep_until_version_1(deadline) }

func hostSetAuthorizedNodes(nodes [][]byte, onlyThem bool) {
	list := scale.AppendSlice(nil, nodes, scale.PutBytes)
	ext_offchain_set_authorized_nodes_version_1(host.Bytes(list), host.Bool(onlyThem))
}

func hostSet(kind Kind, key, value []byte) {
	ext_offchain_local_storage_set_version_1(uint32(kind), host.Bytes(key), host.Bytes(value))
}

func hostClear(kind Kind, key []byte) {
	ext_offchain_local_storage_clear_version_1(uint32(kind), host.Bytes(key))
}

func hostCompareAndSet(kind Kind, key, old, value []byte) bool {
	was := host.AppendOptionBytes(nil, old)
	return ext_offchain_local_storage_compare_and_set_version_1(
		uint32(kind), host.Bytes(key), host.Bytes(was), host.Bytes(value)) != 0
}
