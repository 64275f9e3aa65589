//go:build !(wasm && polkadot)

package misc

import (
	"encoding/hex"
	"strconv"
	"unicode/utf8"

	"polkago.dev/sdk/hostapi/internal/memhost"
)

func hostPrintNum(n uint64) { memhost.Current.Log.Print(strconv.FormatUint(n, 10)) }

func hostPrintUTF8(text []byte) {
	if utf8.Valid(text) {
		memhost.Current.Log.Print(string(text))
	}
}

func hostPrintHex(data []byte) { memhost.Current.Log.Print(hex.EncodeToString(data)) }

func hostRuntimeVersion(wasm []byte) ([]byte, bool) {
	if memhost.Current.RuntimeVersion == nil {
		panic("misc: nothing reads versions of runtimes here: see native.SetRuntimeVersion")
	}
	return memhost.Current.RuntimeVersion(wasm)
}
