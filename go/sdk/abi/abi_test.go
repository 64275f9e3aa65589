package abi_test

import (
	"bytes"
	"testing"

	"polkago.dev/sdk/abi"
)

func TestInputReadsOutputBack(t *testing.T) {
	for _, want := range [][]byte{nil, {}, {0}, []byte("hello"), make([]byte, 1<<20)} {
		ptr, n := abi.Unpack(abi.Output(want))
		if got := abi.Input(ptr, n); !bytes.Equal(got, want) {
			t.Errorf("Input(Output(%d bytes)) = %d bytes", len(want), len(got))
		}
	}
}

func TestPack(t *testing.T) {
	tests := []struct {
		ptr, n uint32
		packed uint64
	}{
		{0, 0, 0},
		{1, 2, 0x0000_0002_0000_0001},
		{0xffff_fff0, 0x8000_0000, 0x8000_0000_ffff_fff0},
	}
	for _, test := range tests {
		if got := abi.Pack(test.ptr, test.n); got != test.packed {
			t.Errorf("Pack(%#x, %#x) = %#x, want %#x", test.ptr, test.n, got, test.packed)
		}
		if ptr, n := abi.Unpack(test.packed); ptr != test.ptr || n != test.n {
			t.Errorf("Unpack(%#x) = %#x, %#x", test.packed, ptr, n)
		}
	}
}
