package native_test

import (
	"bytes"
	"testing"

	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/childstorage"
	"polkago.dev/sdk/hostapi/crypto"
	"polkago.dev/sdk/hostapi/log"
	"polkago.dev/sdk/hostapi/native"
	"polkago.dev/sdk/hostapi/offchain"
	"polkago.dev/sdk/hostapi/offchainindex"
	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/hostapi/transactionindex"
	"polkago.dev/sdk/hostapi/trie"
)

func want(t *testing.T, key, value string) {
	t.Helper()
	got, ok := storage.Get([]byte(key))
	if string(got) != value || ok != (value != "") {
		t.Errorf("Get(%q) = %q, %v, want %q", key, got, ok, value)
	}
}

func TestTransactions(t *testing.T) {
	native.Reset()
	native.Insert([]byte("old"), []byte("0"))
	storage.StartTransaction()
	storage.Set([]byte("old"), []byte("1"))
	storage.Set([]byte("new"), []byte("1"))
	storage.StartTransaction()
	storage.Clear([]byte("old"))
	storage.Set([]byte("new"), []byte("2"))
	offchainindex.Set([]byte("index"), []byte("2"))
	if n := native.Transactions(); n != 2 {
		t.Errorf("%d transactions are open", n)
	}
	want(t, "old", "")
	storage.RollbackTransaction()
	want(t, "old", "1")
	want(t, "new", "1")
	if _, ok := native.OffchainIndex([]byte("index")); ok {
		t.Error("entries for offchain workers are not rolled back")
	}
	storage.StartTransaction()
	storage.Set([]byte("new"), []byte("3"))
	storage.CommitTransaction()
	want(t, "new", "3")
	storage.RollbackTransaction()
	want(t, "old", "0")
	want(t, "new", "")
	defer func() {
		if recover() == nil {
			t.Error("a transaction that is not open can be committed")
		}
	}()
	storage.CommitTransaction()
}

// A value that was read or written is its holder's alone.
func TestValuesAreCopies(t *testing.T) {
	native.Reset()
	value := []byte("value")
	storage.Set([]byte("key"), value)
	value[0] = 'V'
	want(t, "key", "value")
	got, _ := storage.Get([]byte("key"))
	got[0] = 'V'
	want(t, "key", "value")
	storage.Set([]byte("empty"), nil)
	if got, ok := storage.Get([]byte("empty")); !ok || got == nil {
		t.Error("an empty value is none")
	}
}

func TestBlocks(t *testing.T) {
	native.Reset()
	storage.Set([]byte("a"), bytes.Repeat([]byte{1}, 40))
	childstorage.Set([]byte("c"), []byte("b"), []byte{2})
	root := storage.Root(hostapi.StateV1)
	if ended := native.EndBlock(hostapi.StateV1); ended != root {
		t.Errorf("the block has the root %x, the runtime saw %x", ended, root)
	}
	if again := storage.Root(hostapi.StateV1); again != root {
		t.Errorf("the next block begins with the root %x, want %x", again, root)
	}
	// Only what a block changes takes the form of its state version.
	if again := storage.Root(hostapi.StateV0); again != root {
		t.Errorf("without changes the root is %x, want %x", again, root)
	}
	child := childstorage.Root([]byte("c"), hostapi.StateV1)
	if has, _ := native.Get([]byte(":child_storage:default:c")); !bytes.Equal(has, child[:]) {
		t.Errorf("the state has the root %x of the child trie, want %x", has, child)
	}
	if keys := native.Keys(); len(keys) != 2 {
		t.Errorf("the state has the keys %q", keys)
	}
	r := storage.ClearPrefix([]byte("a"), 0)
	if !r.SomeRemaining || r.Loops != 0 {
		t.Errorf("with the limit 0: %+v", r)
	}
	if r = storage.ClearPrefix([]byte("a"), 1); r.SomeRemaining || r.Loops != 1 {
		t.Errorf("with the limit 1: %+v", r)
	}
}

func TestLogs(t *testing.T) {
	native.Reset()
	native.SetMaxLogLevel(3)
	log.Log(log.Info, "target", "shown")
	log.Log(log.Debug, "target", "not shown")
	lines := native.Logs()
	if len(lines) != 1 || lines[0] != (native.LogLine{Level: 2, Target: "target", Message: "shown"}) {
		t.Errorf("logged: %v", lines)
	}
	if log.MaxLevel().Enabled(log.Debug) || !log.MaxLevel().Enabled(log.Info) {
		t.Errorf("MaxLevel() = %d", log.MaxLevel())
	}
}

func TestPairsSign(t *testing.T) {
	native.Reset()
	pair := native.NewSr25519Pair("//Alice")
	msg := []byte("message")
	sig, pub := pair.Sign(msg), pair.Public()
	if !crypto.Sr25519Verify(&sig, msg, &pub) {
		t.Error("the signature does not hold")
	}
	if got := crypto.Sr25519Generate(crypto.KeyType{'t', 'e', 's', 't'}, "//Alice"); got != pub {
		t.Errorf("the keystore's pair has the public key %x, want %x", got, pub)
	}
}

func TestProve(t *testing.T) {
	entries := map[string][]byte{"a": {1}, "ab": bytes.Repeat([]byte{2}, 50), "b": {3}}
	var pairs []trie.Pair
	for key, value := range entries {
		pairs = append(pairs, trie.Pair{Key: []byte(key), Value: value})
	}
	for _, version := range []hostapi.StateVersion{hostapi.StateV0, hostapi.StateV1} {
		root := trie.Blake2b256Root(pairs, version)
		for key, value := range entries {
			proof, ok := native.Prove(entries, []byte(key), version)
			if !ok || !trie.Blake2b256VerifyProof(&root, proof, []byte(key), value, version) {
				t.Errorf("the proof of %s does not hold in version %d", key, version)
			}
		}
	}
}

func TestTransactionIndex(t *testing.T) {
	native.Reset()
	hash := [32]byte{1}
	transactionindex.Index(2, 300, &hash)
	transactionindex.Renew(3, &hash)
	list := native.IndexedTransactions()
	wants := []native.IndexedTransaction{{Extrinsic: 2, Size: 300, Hash: hash}, {Extrinsic: 3, Hash: hash, Renewed: true}}
	if len(list) != 2 || list[0] != wants[0] || list[1] != wants[1] {
		t.Errorf("indexed: %v", list)
	}
}

// echo answers each request with its own body.
type echo struct {
	body []byte
	sent bool
}

func (e *echo) Start(method, uri string, meta []byte) (uint16, bool) { return 1, method == "POST" }

func (e *echo) AddHeader(id uint16, name, value string) bool { return !e.sent }

func (e *echo) WriteBody(id uint16, chunk []byte, deadline uint64, limited bool) (uint8, bool) {
	e.body = append(e.body, chunk...)
	e.sent = e.sent || len(chunk) == 0
	return 0, true
}

func (e *echo) Wait(id uint16, deadline uint64, limited bool) uint32 {
	if !e.sent && limited {
		return 10
	}
	return 200
}

func (e *echo) Headers(id uint16) [][2][]byte { return [][2][]byte{{[]byte("name"), []byte("value")}} }

func (e *echo) ReadBody(id uint16, buffer []byte, deadline uint64, limited bool) (uint32, uint8, bool) {
	n := copy(buffer, e.body)
	e.body = e.body[n:]
	return uint32(n), 0, true
}

func TestOffchain(t *testing.T) {
	native.Reset()
	func() {
		defer func() {
			if recover() == nil {
				t.Error("a block can ask for the time")
			}
		}()
		offchain.Timestamp()
	}()
	worker := native.StartOffchain()
	defer native.StopOffchain()
	worker.Time = 1000
	offchain.SleepUntil(2000)
	if now := offchain.Timestamp(); now != 2000 {
		t.Errorf("after sleeping it is %d", now)
	}
	key := []byte("key")
	if !offchain.CompareAndSet(offchain.Persistent, key, nil, []byte("1")) ||
		offchain.CompareAndSet(offchain.Persistent, key, nil, []byte("2")) ||
		offchain.CompareAndSet(offchain.Persistent, key, []byte("0"), []byte("2")) ||
		!offchain.CompareAndSet(offchain.Persistent, key, []byte("1"), []byte("3")) {
		t.Error("CompareAndSet does not compare")
	}
	if got, ok := offchain.Get(offchain.Persistent, key); !ok || string(got) != "3" {
		t.Errorf("local storage has %q, %v", got, ok)
	}
	if _, ok := offchain.Get(offchain.Local, key); ok {
		t.Error("both stores are the same")
	}
	if !offchain.SubmitTransaction([]byte("extrinsic")) || string(worker.Submitted[0]) != "extrinsic" {
		t.Errorf("submitted: %q", worker.Submitted)
	}
	if _, ok := offchain.StartRequest("GET", "http://localhost", nil); ok {
		t.Error("a request is taken although nobody answers")
	}
	worker.HTTP = &echo{}
	id, ok := offchain.StartRequest("POST", "http://localhost", nil)
	if !ok || !offchain.AddHeader(id, "a", "b") {
		t.Error("the request is not taken")
	}
	if err := offchain.WriteBody(id, []byte("hello"), offchain.NoDeadline); err != nil {
		t.Error(err)
	}
	if s := offchain.Wait([]offchain.RequestID{id}, 2001)[0]; s != offchain.StatusDeadlineReached {
		t.Errorf("status %d", s)
	}
	if err := offchain.WriteBody(id, nil, offchain.NoDeadline); err != nil {
		t.Error(err)
	}
	if s := offchain.Wait([]offchain.RequestID{id}, offchain.NoDeadline)[0]; s != 200 {
		t.Errorf("status %d", s)
	}
	if h := offchain.Headers(id); len(h) != 1 || string(h[0].Name) != "name" {
		t.Errorf("headers %v", h)
	}
	buffer := make([]byte, 10)
	if n, err := offchain.ReadBody(id, buffer, offchain.NoDeadline); err != nil || string(buffer[:n]) != "hello" {
		t.Errorf("body %q, %v", buffer[:n], err)
	}
}
