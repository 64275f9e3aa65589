package memhost

import (
	"bytes"
	"maps"
	"slices"

	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/internal/merkle"
	"polkago.dev/sdk/scale"
)

// The keys under which the state trie has the roots of child tries begin with these.
const (
	childPrefix   = ":child_storage:"
	defaultPrefix = childPrefix + "default:"
)

// A value is what a key has: present or removed, and in the form of which state version the trie has it.
type value struct {
	data    []byte
	present bool
	version hostapi.StateVersion
}

type table map[string]value

// A State is chain storage: what the block before left, the changes since then, and the open transactions.
//
// A node computes a root once and gives it again until something changes. It does not count an append as a change.
type State struct {
	backend map[string]table // by storage key of the child trie; "" is the state's own
	changes map[string]table
	// undo has for each open transaction what each key had in changes before the transaction wrote it.
	undo []map[place]*value

	rootKnown   bool
	rootVersion hostapi.StateVersion
	root        [32]byte
}

// A place is a key of a trie.
type place struct{ trie, key string }

// Top stands for the state trie itself; the names of child tries have a byte before their storage key.
const Top = ""

// Child is the name of the child trie with a storage key.
func Child(storageKey []byte) string { return "c" + string(storageKey) }

// Index is the name of the entries for offchain workers, which are no trie of the state.
const Index = "index"

func isChild(trie string) bool { return trie != Top && trie != Index }

// NewState returns an empty state.
func NewState() State {
	return State{backend: map[string]table{Top: {}}, changes: map[string]table{Top: {}}}
}

// write notes a change and how to undo it.
func (s *State) write(trie, key string, v value) {
	t := s.changes[trie]
	if t == nil {
		t = table{}
		s.changes[trie] = t
	}
	if len(s.undo) > 0 {
		last := s.undo[len(s.undo)-1]
		if _, ok := last[place{trie, key}]; !ok {
			if old, ok := t[key]; ok {
				last[place{trie, key}] = &old
			} else {
				last[place{trie, key}] = nil
			}
		}
	}
	t[key] = v
}

// lookup returns the value of a key as calls see it.
func (s *State) lookup(trie, key string) ([]byte, bool) {
	v, ok := s.changes[trie][key]
	if !ok {
		v = s.backend[trie][key]
	}
	return v.data, v.present
}

// Get returns the value of a key.
func (s *State) Get(trie string, key []byte) ([]byte, bool) {
	data, ok := s.lookup(trie, string(key))
	if !ok {
		return nil, false
	}
	return append([]byte{}, data...), true
}

// Read copies the value from an offset, and returns its length from there.
func (s *State) Read(trie string, key, out []byte, offset uint32) (uint32, bool) {
	data, ok := s.lookup(trie, string(key))
	if !ok {
		return 0, false
	}
	data = data[min(int64(offset), int64(len(data))):]
	copy(out, data)
	return uint32(len(data)), true
}

// Exists reports whether a key has a value.
func (s *State) Exists(trie string, key []byte) bool {
	_, ok := s.lookup(trie, string(key))
	return ok
}

// Set writes or removes. The roots of child tries are not for runtimes to write.
func (s *State) Set(trie string, key []byte, data []byte, present bool) {
	if trie == Top && bytes.HasPrefix(key, []byte(childPrefix)) {
		return
	}
	if trie != Index {
		s.rootKnown = false
	}
	s.write(trie, string(key), value{data: append([]byte{}, data...), present: present})
}

// Append adds an element to the encoded sequence under a key.
func (s *State) Append(key, element []byte) {
	data, _ := s.lookup(Top, string(key))
	d := scale.NewDecoder(data)
	n := d.CompactU32()
	var b []byte
	if d.Failed() {
		b = append(scale.AppendLen(nil, 1), element...)
	} else {
		b = scale.AppendCompactU32(nil, n+1)
		b = append(append(b, d.Rest()...), element...)
	}
	s.write(Top, string(key), value{data: b, present: true})
}

// keys returns the keys of a table in order, those that are marked as removed included.
func (t table) keys() []string { return slices.Sorted(maps.Keys(t)) }

// Clear removes the keys of a trie with a prefix: all that were changed, and of the backend's, from the cursor on, at
// most limit.
func (s *State) Clear(trie string, prefix []byte, limit uint32, cursor []byte) (r hostapi.RemovalResult) {
	s.rootKnown = false
	if s.changes[trie] == nil {
		s.changes[trie] = table{}
	}
	for _, key := range s.changes[trie].keys() {
		if bytes.HasPrefix([]byte(key), prefix) {
			if s.changes[trie][key].present {
				r.Unique++
			}
			s.write(trie, key, value{})
		}
	}
	for _, key := range s.backend[trie].keys() {
		if !bytes.HasPrefix([]byte(key), prefix) || key < string(cursor) {
			continue
		}
		if limit != hostapi.NoLimit && r.Loops == limit {
			r.Cursor = []byte(key)
			break
		}
		if v, ok := s.changes[trie][key]; !ok || v.present {
			s.write(trie, key, value{})
			r.Backend++
		}
		r.Loops++
	}
	r.Unique += r.Backend
	return r
}

// ClearPrefix removes keys of the state trie, unless those of child tries are among them.
func (s *State) ClearPrefix(prefix []byte, limit uint32, cursor []byte) hostapi.RemovalResult {
	refused := bytes.HasPrefix(prefix, []byte(childPrefix)) || bytes.HasPrefix([]byte(childPrefix), prefix)
	if refused {
		return hostapi.RemovalResult{}
	}
	return s.Clear(Top, prefix, limit, cursor)
}

// NextKey returns the key after a key.
func (s *State) NextKey(trie string, key []byte) ([]byte, bool) {
	next, found := "", false
	for _, t := range []table{s.backend[trie], s.changes[trie]} {
		for k := range t {
			if k > string(key) && (!found || k < next) {
				if _, ok := s.lookup(trie, k); ok {
					next, found = k, true
				}
			}
		}
	}
	if !found {
		return nil, false
	}
	return []byte(next), true
}

// entries returns the content of a trie; what was changed is in the form of a state version.
func (s *State) entries(trie string, version hostapi.StateVersion) table {
	all := maps.Clone(s.backend[trie])
	if all == nil {
		all = table{}
	}
	for key, v := range s.changes[trie] {
		if v.present {
			v.version = version
			all[key] = v
		} else {
			delete(all, key)
		}
	}
	return all
}

func (t table) root() [32]byte { return merkle.Root(t.list(), merkle.Blake2b256) }

func (t table) list() []merkle.Entry {
	list := make([]merkle.Entry, 0, len(t))
	for key, v := range t {
		list = append(list, merkle.Entry{Key: []byte(key), Value: v.data, Hashed: v.version == hostapi.StateV1})
	}
	return list
}

// all returns the content of the state trie with the roots of the child tries that were changed.
func (s *State) all(version hostapi.StateVersion) table {
	t := s.entries(Top, version)
	for trie := range s.changes {
		if !isChild(trie) {
			continue
		}
		key := defaultPrefix + trie[1:]
		if below := s.entries(trie, version); len(below) > 0 {
			root := below.root()
			t[key] = value{root[:], true, version}
		} else {
			delete(t, key)
		}
	}
	return t
}

// StorageRoot returns the root of the state trie.
func (s *State) StorageRoot(version hostapi.StateVersion) [32]byte {
	if !s.rootKnown || s.rootVersion != version {
		s.root, s.rootVersion, s.rootKnown = s.all(version).root(), version, true
	}
	return s.root
}

// ChildRoot returns the root of a child trie, and writes it into the state trie. Where the root of the state is
// known, it gives what the state trie has.
func (s *State) ChildRoot(storageKey []byte, version hostapi.StateVersion) (root [32]byte) {
	key := defaultPrefix + string(storageKey)
	trie := Child(storageKey)
	if s.rootKnown || s.changes[trie] == nil {
		if data, ok := s.lookup(Top, key); ok && len(data) == len(root) {
			return [32]byte(data)
		}
		return table{}.root()
	}
	below := s.entries(trie, version)
	root = below.root()
	s.write(Top, key, value{data: root[:], present: len(below) > 0})
	return root
}

// Start opens a transaction.
func (s *State) Start() { s.undo = append(s.undo, map[place]*value{}) }

// Rollback undoes the innermost transaction.
func (s *State) Rollback() {
	if len(s.undo) == 0 {
		panic("No open transaction that can be rolled back.")
	}
	s.rootKnown = false
	last := len(s.undo) - 1
	for at, old := range s.undo[last] {
		if old == nil {
			delete(s.changes[at.trie], at.key)
		} else {
			s.changes[at.trie][at.key] = *old
		}
	}
	s.undo = s.undo[:last]
	for trie, t := range s.changes {
		if trie != Top && len(t) == 0 {
			delete(s.changes, trie)
		}
	}
}

// Commit keeps the changes of the innermost transaction.
func (s *State) Commit() {
	if len(s.undo) == 0 {
		panic("No open transaction that can be committed.")
	}
	last := len(s.undo) - 1
	if last > 0 {
		for at, old := range s.undo[last] {
			if _, ok := s.undo[last-1][at]; !ok {
				s.undo[last-1][at] = old
			}
		}
	}
	s.undo = s.undo[:last]
}

// Depth returns the number of open transactions.
func (s *State) Depth() int { return len(s.undo) }

// Keys returns the keys of a trie that have values.
func (s *State) Keys(trie string) [][]byte {
	var keys [][]byte
	for _, key := range s.entries(trie, hostapi.StateV1).keys() {
		keys = append(keys, []byte(key))
	}
	return keys
}

// Insert puts an entry below the changes.
func (s *State) Insert(trie string, key, data []byte, version hostapi.StateVersion) {
	if s.backend[trie] == nil {
		s.backend[trie] = table{}
	}
	s.backend[trie][string(key)] = value{append([]byte{}, data...), true, version}
	s.rootKnown = false
}

// Settle makes the changes part of what is below, as a node does at the end of a block, and returns the root.
func (s *State) Settle(version hostapi.StateVersion) [32]byte {
	if len(s.undo) > 0 {
		panic("native: a block ends within a transaction")
	}
	for trie := range s.backend {
		// Child tries that were inserted have their roots still to be written.
		if isChild(trie) && s.changes[trie] == nil {
			s.changes[trie] = table{}
		}
	}
	own := s.all(version)
	for trie := range s.changes {
		if trie != Top {
			s.backend[trie] = s.entries(trie, version)
		}
	}
	s.backend[Top] = own
	s.changes = map[string]table{Top: {}}
	s.rootKnown = false
	return own.root()
}
