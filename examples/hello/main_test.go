package main

import (
	"bytes"
	"encoding/hex"
	"testing"

	"polkago.dev/sdk/abi"
)

// call passes args to a runtime API function as the host does and returns its result.
func call(f func(ptr, n uint32) uint64, args []byte) []byte {
	return abi.Input(abi.Unpack(f(abi.Unpack(abi.Output(args)))))
}

func TestCoreVersion(t *testing.T) {
	const want = "1468656c6c6f" + "34706f6c6b61676f2d68656c6c6f" +
		"01000000" + "01000000" + "01000000" +
		"04" + "df6acb689907609b" + "05000000" +
		"01000000" + "01"
	if got := hex.EncodeToString(call(coreVersion, nil)); got != want {
		t.Errorf("Core_version = %s, want %s", got, want)
	}
}

func TestHelloEcho(t *testing.T) {
	for _, in := range [][]byte{nil, {7}, make([]byte, 1<<20)} {
		if got := call(helloEcho, in); !bytes.Equal(got, in) {
			t.Errorf("Hello_echo of %d bytes gave %d", len(in), len(got))
		}
	}
}

func TestHelloChurn(t *testing.T) {
	// Up to 3 nodes: bytes 0, 1, 2 and numbers 0, 1, 2.
	if got := call(helloChurn, []byte{3, 0, 0, 0}); !bytes.Equal(got, []byte{6, 0, 0, 0}) {
		t.Errorf("Hello_churn(3) = %v", got)
	}
}
