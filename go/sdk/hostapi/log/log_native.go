//go:build !(wasm && polkadot)

package log

import (
	"unicode/utf8"

	"polkago.dev/sdk/hostapi/internal/memhost"
)

func hostLog(level Level, target, message string) {
	if utf8.ValidString(message) {
		memhost.Current.Log.Add(uint8(level), target, message)
	}
}

func hostMaxLevel() Filter { return Filter(memhost.Current.Log.MaxLevel) }
