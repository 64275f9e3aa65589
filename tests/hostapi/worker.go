package main

import (
	"polkago.dev/sdk/hostapi/crypto"
	"polkago.dev/sdk/hostapi/offchain"
)

// worker calls what offchain workers may call, but SetAuthorizedNodes, which the host of the suite does not have.
func worker() []byte {
	var r report
	r.bool("validator", offchain.IsValidator())
	r.bool("submit", offchain.SubmitTransaction([]byte{1, 2}))
	r.network()
	id := crypto.KeyType{'n', 'o', 'n', 'e'}
	r.num("keys of none", uint64(len(crypto.Ed25519PublicKeys(id))+len(crypto.Sr25519PublicKeys(id))+
		len(crypto.EcdsaPublicKeys(id))))
	r.num("time", offchain.Timestamp())
	offchain.SleepUntil(1_700_000_001_000)
	r.num("time after sleep", offchain.Timestamp())
	r.hash("seed", offchain.RandomSeed())
	for _, kind := range []offchain.Kind{offchain.Persistent, offchain.Local} {
		r.store(kind)
	}
	r.http()
	return r
}

func (r *report) store(kind offchain.Kind) {
	key := []byte("key")
	get := func(name string) {
		v, ok := offchain.Get(kind, key)
		r.option("local storage "+name, v, ok)
	}
	get("empty")
	offchain.Set(kind, key, pattern(100))
	get("set")
	offchain.Set(kind, key, pattern(1000))
	get("set to much")
	offchain.Set(kind, key, nil)
	get("set to nothing")
	offchain.Clear(kind, key)
	get("cleared")
	r.bool("compare with a value", offchain.CompareAndSet(kind, key, []byte{1}, []byte{2}))
	r.bool("compare with nothing", offchain.CompareAndSet(kind, key, []byte{}, []byte{2}))
	get("compared")
	r.bool("compare with none", offchain.CompareAndSet(kind, key, nil, []byte{3}))
	get("compared with none")
	r.bool("compare with none again", offchain.CompareAndSet(kind, key, nil, []byte{4}))
	r.bool("compare with another", offchain.CompareAndSet(kind, key, []byte{4}, []byte{5}))
	r.bool("compare with the same", offchain.CompareAndSet(kind, key, []byte{3}, []byte{6}))
	get("compared with the same")
}

func (r *report) http() {
	failed := func(name string, err error) {
		if err == nil {
			r.text(name, "well")
		} else {
			r.text(name, err.Error())
		}
	}
	const none = 17
	id, ok := offchain.StartRequest("POST", "http://localhost/", nil)
	r.count("request", uint32(id), ok)
	r.bool("header", offchain.AddHeader(id, "X-Name", "value"))
	r.bool("header of none", offchain.AddHeader(none, "X-Name", "value"))
	failed("body", offchain.WriteBody(id, []byte("the "), offchain.NoDeadline))
	failed("body", offchain.WriteBody(id, []byte("body"), 1_700_000_002_000))
	failed("body of none", offchain.WriteBody(none, []byte("body"), offchain.NoDeadline))
	failed("send", offchain.WriteBody(id, nil, offchain.NoDeadline))
	for _, status := range offchain.Wait([]offchain.RequestID{id, none}, offchain.NoDeadline) {
		r.num("status", uint64(status))
	}
	r.num("no status", uint64(len(offchain.Wait(nil, 0))))
	for _, h := range offchain.Headers(id) {
		r.text(string(h.Name), string(h.Value))
	}
	r.num("headers of none", uint64(len(offchain.Headers(none))))
	buffer := make([]byte, 5)
	for range 4 {
		n, err := offchain.ReadBody(id, buffer, offchain.NoDeadline)
		failed("read", err)
		r.text("read", string(buffer[:n]))
	}
	_, err := offchain.ReadBody(id, buffer, 0)
	failed("read after the end", err)
}
