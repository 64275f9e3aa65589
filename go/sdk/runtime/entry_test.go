package runtime_test

import (
	"bytes"
	"strings"
	"testing"

	"polkago.dev/sdk/abi"
	"polkago.dev/sdk/runtime"
	"polkago.dev/sdk/scale"
)

// call hands args to f as the host does and gives back the result, or the text of the panic.
func call(f func(ptr, n uint32) uint64, args []byte) (result []byte, panicked string) {
	defer func() {
		if v := recover(); v != nil {
			panicked = v.(string)
		}
	}()
	return abi.Input(abi.Unpack(f(abi.Unpack(abi.Output(args))))), ""
}

// double is an entry point as they are generated.
func double(ptr, n uint32) uint64 {
	d := runtime.Arguments(ptr, n)
	v := d.U16()
	runtime.Decoded("Test_double", d)
	return runtime.Result(scale.AppendU16(nil, 2*v))
}

func TestEntry(t *testing.T) {
	if got, _ := call(double, []byte{3, 1}); !bytes.Equal(got, []byte{6, 2}) {
		t.Errorf("double(0x103) = %x", got)
	}
	for _, args := range [][]byte{nil, {1}, {1, 2, 3}} {
		_, panicked := call(double, args)
		if !strings.HasPrefix(panicked, "arguments of Test_double: scale: ") {
			t.Errorf("double with %d bytes: panic %q", len(args), panicked)
		}
	}
}

func TestAPIVersion(t *testing.T) {
	v := runtime.APIVersion{ID: [8]byte{1, 2, 3, 4, 5, 6, 7, 8}, Version: 9}
	want := []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0}
	got := scale.Marshal(&v)
	if !bytes.Equal(got, want) {
		t.Errorf("encoded as %x", got)
	}
	var back runtime.APIVersion
	if err := scale.Unmarshal(got, &back); err != nil || back != v {
		t.Errorf("decoded as %v, %v", back, err)
	}
}
