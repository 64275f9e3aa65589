//go:build !wasm

package main

import (
	"os"

	"polkago.dev/sdk/hostapi/native"
)

func main() {
	native.Reset()
	native.SetMaxLogLevel(4)
	native.SetRuntimeVersion(func([]byte) ([]byte, bool) { return nil, false })
	for _, e := range backend() {
		native.Insert(e.key, e.value)
	}
	os.Stdout.Write(run())
	for _, l := range native.Logs() {
		os.Stdout.WriteString("log " + string('0'+rune(l.Level)) + " " + l.Target + ": " + l.Message + "\n")
	}
}
