package main

import (
	"polkago.dev/sdk/hostapi/log"
	"polkago.dev/sdk/hostapi/misc"
	"polkago.dev/sdk/hostapi/offchainindex"
	"polkago.dev/sdk/hostapi/transactionindex"
	"polkago.dev/sdk/hostapi/wasmtracing"
)

func (r *report) others() {
	for level := log.Error; level <= log.Trace; level++ {
		r.bool("enabled", log.MaxLevel().Enabled(level))
		log.Log(level, "hostapi", "a message")
	}
	log.Log(log.Info, "", "")
	misc.PrintNum(1<<64 - 1)
	misc.PrintUTF8([]byte("text"))
	misc.PrintUTF8([]byte{0xff})
	misc.PrintHex([]byte{1, 0xab})
	version, ok := misc.RuntimeVersion([]byte("no Wasm"))
	r.option("version of nothing", version, ok)
	offchainindex.Set([]byte("a"), []byte("b"))
	offchainindex.Clear([]byte("a"))
	transactionindex.Index(1, 2, &[32]byte{3})
	transactionindex.Renew(4, &[32]byte{5})
	metadata := wasmtracing.Metadata{Name: "name", Target: "target", Level: wasmtracing.Info, Fields: []string{"n"}}
	r.bool("tracing", wasmtracing.Enabled(&metadata))
	entry := wasmtracing.Entry{Metadata: metadata, Fields: []wasmtracing.Field{
		{Name: "a", Value: wasmtracing.U64(1)}, {Name: "b", Value: wasmtracing.I64(-1)},
		{Name: "c", Value: wasmtracing.Bool(true)}, {Name: "d", Value: wasmtracing.Text("text")},
		{Name: "e", Value: wasmtracing.Encoded([]byte{1})}, {Name: "f"},
	}}
	wasmtracing.Event(&entry)
	entry.Metadata.IsSpan = true
	entry.Parent = 7
	span := wasmtracing.EnterSpan(&entry)
	// Its number depends on who traces in the process.
	if span != 0 {
		wasmtracing.Exit(span)
	}
}
