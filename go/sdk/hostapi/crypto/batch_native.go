//go:build !(wasm && polkadot)

package crypto

import "polkago.dev/sdk/hostapi/internal/memhost"

func hostStartBatchVerify() {
	if memhost.Current.Batch != nil {
		panic("crypto: a batch is open already")
	}
	ok := true
	memhost.Current.Batch = &ok
}

func hostFinishBatchVerify() bool {
	ok := memhost.Current.Batch
	if ok == nil {
		panic("`finish_batch_verify` should only be called after `start_batch_verify`")
	}
	memhost.Current.Batch = nil
	return *ok
}

func note(holds bool) bool {
	if ok := memhost.Current.Batch; ok != nil && !holds {
		*ok = false
	}
	return holds
}

func hostEd25519BatchVerify(*[64]byte, []byte, *[32]byte) bool {
	panic("crypto: the host traps in Ed25519BatchVerify")
}

func hostSr25519BatchVerify(sig *[64]byte, msg []byte, pub *[32]byte) bool {
	return note(hostSr25519Verify(sig, msg, pub))
}

func hostEcdsaBatchVerify(sig *[65]byte, msg []byte, pub *[33]byte) bool {
	return note(hostEcdsaVerify(sig, msg, pub))
}
