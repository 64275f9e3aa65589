//go:build !(wasm && polkadot)

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
	w := native.StartOffchain()
	w.Validator = true
	w.Time = 1_700_000_000_123
	w.NetworkState = []byte{0, 0}
	w.HTTP = &exchange{}
	for i := range w.Seed {
		w.Seed[i] = 7
	}
	os.Stdout.Write(worker())
	for _, l := range native.Logs() {
		os.Stdout.WriteString("log " + string('0'+rune(l.Level)) + " " + l.Target + ": " + l.Message + "\n")
	}
}

// exchange answers one request as the host of the suite does.
type exchange struct {
	requests int
	sent     bool
	response string
}

func (e *exchange) Start(method, uri string, meta []byte) (uint16, bool) {
	e.requests++
	return uint16(e.requests - 1), true
}

func (e *exchange) AddHeader(id uint16, name, value string) bool { return int(id) < e.requests }

func (e *exchange) WriteBody(id uint16, chunk []byte, deadline uint64, limited bool) (uint8, bool) {
	if int(id) >= e.requests {
		return 2, false
	}
	if len(chunk) == 0 {
		e.sent, e.response = true, "the response"
	}
	return 0, true
}

func (e *exchange) Wait(id uint16, deadline uint64, limited bool) uint32 {
	if int(id) >= e.requests || !e.sent {
		return 0
	}
	return 200
}

func (e *exchange) Headers(id uint16) [][2][]byte {
	if int(id) >= e.requests {
		return nil
	}
	return [][2][]byte{{[]byte("Content-Type"), []byte("text/plain")}}
}

func (e *exchange) ReadBody(id uint16, buffer []byte, deadline uint64, limited bool) (uint32, uint8, bool) {
	if int(id) >= e.requests {
		return 0, 2, false
	}
	n := copy(buffer, e.response)
	e.response = e.response[n:]
	if n == 0 {
		e.requests--
	}
	return uint32(n), 0, true
}
