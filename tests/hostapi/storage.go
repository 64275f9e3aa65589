package main

import (
	"strconv"

	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/childstorage"
	"polkago.dev/sdk/hostapi/offchainindex"
	"polkago.dev/sdk/hostapi/storage"
	"polkago.dev/sdk/scale"
)

func (r *report) get(name, key string) {
	v, ok := storage.Get([]byte(key))
	r.option(name, v, ok)
}

func (r *report) storage() {
	r.get("get none", "a")
	for _, n := range []int{0, 1, 63, 64, 1000, 16383, 16384, 100_000} {
		storage.Set([]byte("a"), pattern(n))
		v, ok := storage.Get([]byte("a"))
		r.option("get "+strconv.Itoa(n), v[:min(len(v), 70)], ok)
		r.num("length", uint64(len(v)))
		r.bool("equal", string(v) == string(pattern(n)))
	}
	r.get("get old", "old/4")
	storage.Set([]byte("a"), []byte("0123456789"))
	for _, offset := range []uint32{0, 1, 9, 10, 11, 1 << 31} {
		out := []byte("----")
		n, ok := storage.Read([]byte("a"), out, offset)
		r.count("read "+strconv.FormatUint(uint64(offset), 10), n, ok)
		r.text("read", string(out))
	}
	n, ok := storage.Read([]byte("none"), nil, 0)
	r.count("read none", n, ok)
	n, ok = storage.Read([]byte("a"), nil, 0)
	r.count("read into nothing", n, ok)
	r.bool("exists", storage.Exists([]byte("a")))
	storage.Clear([]byte("a"))
	r.bool("exists after clear", storage.Exists([]byte("a")))
	r.get("get after clear", "a")
	storage.Clear([]byte("old/4"))
	r.get("get old after clear", "old/4")
	r.bool("exists empty key", storage.Exists(nil))
	storage.Set(nil, []byte{1})
	r.get("empty key", "")
	storage.Clear(nil)

	for i := range 70 {
		storage.Append([]byte("list"), scale.AppendU16(nil, uint16(i)))
	}
	r.get("append", "list")
	storage.Set([]byte("list"), []byte{0xff})
	storage.Append([]byte("list"), []byte{1, 2})
	r.get("append to no list", "list")
	storage.Append([]byte("list"), nil)
	r.get("append nothing", "list")
	storage.Append([]byte("old/9"), []byte{9})
	r.get("append to old", "old/9")
	storage.Append([]byte("old/4"), []byte{4})
	r.get("append to cleared", "old/4")

	storage.Set([]byte("old/5"), []byte{5})
	r.keys("")
	r.keys("old/3")
	_, ok = storage.NextKey([]byte("z"))
	r.bool("next after the last", ok)

	// Refused by the host: the roots of child tries.
	storage.Set([]byte(":child_storage:default:x"), []byte{1})
	r.get("set child root", ":child_storage:default:x")
	for _, prefix := range []string{"", ":", ":child_storage:", ":child_storage:default:x"} {
		r.kill("clear prefix "+prefix, storage.ClearPrefix([]byte(prefix), hostapi.NoLimit))
	}

	storage.Set([]byte("old/11"), []byte{1})
	r.kill("clear prefix limit 3", storage.ClearPrefix([]byte("old/1"), 3))
	r.keys("old/")
	r.kill("clear prefix again", storage.ClearPrefix([]byte("old/1"), 3))
	r.kill("clear prefix 0", storage.ClearPrefix([]byte("old/2"), 0))
	r.kill("clear prefix without limit", storage.ClearPrefix([]byte("old/1"), hostapi.NoLimit))
	r.keys("old/")
	var cursor []byte
	storage.Set([]byte("old/33"), []byte{1})
	for range 20 {
		removal := storage.ClearPrefixFrom([]byte("old/"), 7, cursor)
		r.removal("clear prefix from", removal)
		cursor = removal.Cursor
		if cursor == nil {
			break
		}
	}
	r.keys("")
	root, ok := storage.ChangesRoot(&[32]byte{})
	r.option("changes root", root, ok)
}

// keys lists the keys after a key.
func (r *report) keys(key string) {
	at := []byte(key)
	for {
		next, ok := storage.NextKey(at)
		if !ok {
			return
		}
		r.text("key", string(next))
		at = next
	}
}

func (r *report) transactions() {
	show := func(name string) {
		r.get(name+" a", "a")
		r.get(name+" b", "b")
		r.get(name+" list", "list")
		v, ok := childstorage.Get([]byte("c"), []byte("a"))
		r.option(name+" child", v, ok)
	}
	storage.Set([]byte("a"), []byte{0})
	storage.StartTransaction()
	storage.Set([]byte("a"), []byte{1})
	storage.Set([]byte("b"), []byte{1})
	storage.Append([]byte("list"), []byte{1})
	childstorage.Set([]byte("c"), []byte("a"), []byte{1})
	storage.StartTransaction()
	storage.Set([]byte("a"), []byte{2})
	storage.Clear([]byte("b"))
	storage.Append([]byte("list"), []byte{2})
	childstorage.Set([]byte("c"), []byte("a"), []byte{2})
	offchainindex.Set([]byte("a"), []byte{2})
	show("inner")
	storage.RollbackTransaction()
	show("rolled back")
	storage.StartTransaction()
	storage.Set([]byte("a"), []byte{3})
	storage.Append([]byte("list"), []byte{3})
	storage.ClearPrefix([]byte("b"), hostapi.NoLimit)
	r.hash("root in a transaction", storage.Root(hostapi.StateV1))
	storage.CommitTransaction()
	show("committed")
	storage.RollbackTransaction()
	show("rolled back all")
	r.hash("root", storage.Root(hostapi.StateV1))
	storage.StartTransaction()
	storage.Append([]byte("list"), []byte{4})
	childstorage.Set([]byte("c"), []byte("b"), []byte{4})
	storage.CommitTransaction()
	show("committed all")
	r.hash("root", storage.Root(hostapi.StateV1))
}

func (r *report) childStorage() {
	c := []byte("child")
	get := func(name, key string) {
		v, ok := childstorage.Get(c, []byte(key))
		r.option("child get "+name, v, ok)
	}
	get("none", "a")
	empty := childstorage.Root([]byte("no child"), hostapi.StateV1)
	r.hash("child root of none", empty)
	for i := range 30 {
		childstorage.Set(c, []byte("k"+strconv.Itoa(i*i)), pattern(2*i))
	}
	get("some", "k9")
	out := []byte("----")
	n, ok := childstorage.Read(c, []byte("k4"), out, 1)
	r.count("child read", n, ok)
	r.bytes("child read", out)
	n, ok = childstorage.Read(c, []byte("none"), out, 1)
	r.count("child read none", n, ok)
	r.bool("child exists", childstorage.Exists(c, []byte("k9")))
	childstorage.Clear(c, []byte("k9"))
	r.bool("child exists after clear", childstorage.Exists(c, []byte("k9")))
	next, ok := childstorage.NextKey(c, []byte("k8"))
	r.option("child next", next, ok)
	next, ok = childstorage.NextKey(c, []byte("l"))
	r.option("child next of last", next, ok)
	r.hash("child root v0", childstorage.Root(c, hostapi.StateV0))
	r.get("state has it", ":child_storage:default:child")
	r.hash("child root v1", childstorage.Root(c, hostapi.StateV1))
	r.get("state has it", ":child_storage:default:child")
	r.hash("root with children", storage.Root(hostapi.StateV1))
	childstorage.Set(c, []byte("k9"), []byte("again"))
	r.hash("root of changed child", storage.Root(hostapi.StateV1))
	r.hash("child root when the state's is known", childstorage.Root(c, hostapi.StateV1))
	r.kill("child clear prefix", childstorage.ClearPrefix(c, []byte("k1"), 2))
	r.removal("child clear prefix from", childstorage.ClearPrefixFrom(c, []byte("k2"), 2, nil))
	r.hash("child root after clear", childstorage.Root(c, hostapi.StateV1))
	r.kill("child kill", childstorage.Kill(c, 5))
	r.removal("child kill from", childstorage.KillFrom(c, hostapi.NoLimit, nil))
	r.hash("child root after kill", childstorage.Root(c, hostapi.StateV1))
	r.get("state has it", ":child_storage:default:child")
	r.hash("root after kill", storage.Root(hostapi.StateV1))
}

// roots are of states with every kind of node.
func (r *report) roots() {
	for i := range 50 {
		storage.Set(pattern(i), pattern(i*5%90))
		if i%10 == 0 {
			r.hash("state root v1", storage.Root(hostapi.StateV1))
			r.hash("state root v0", storage.Root(hostapi.StateV0))
		}
	}
	long := make([]byte, 700)
	storage.Set(long, []byte("a long partial key"))
	r.hash("state root", storage.Root(hostapi.StateV1))
	storage.Set(append(long, 1), pattern(40))
	r.hash("state root", storage.Root(hostapi.StateV0))
	r.hash("state root", storage.Root(hostapi.StateV1))
	// The host does not count an append as a change.
	storage.Append([]byte("list"), []byte{5})
	r.hash("state root after append", storage.Root(hostapi.StateV1))
	storage.Set([]byte("x"), nil)
	r.hash("state root after set", storage.Root(hostapi.StateV1))
}
