package scale

import (
	"cmp"
	"slices"
)

// Maps and sets are sequences in the order of their keys, which is the order of the encodings' canonical form. Go's
// own maps have no order and hash keys with a seed that is the same in every run of a runtime, so that whoever
// chooses keys can make them collide. Map and Set are sorted slices: lookups take logarithmic time, whatever the
// keys; to insert takes time in proportion to the entries behind.

// A Map is a map in the order of its keys. Its zero value is empty.
type Map[K cmp.Ordered, V any] struct {
	entries []Entry[K, V]
}

// An Entry is a key and its value.
type Entry[K, V any] struct {
	Key   K
	Value V
}

// MapOf returns a map of entries in any order. Of entries with the same key the last one counts.
func MapOf[K cmp.Ordered, V any](entries ...Entry[K, V]) Map[K, V] {
	return Map[K, V]{canonical(slices.Clone(entries))}
}

// canonical sorts entries and keeps the last one of each key.
func canonical[K cmp.Ordered, V any](entries []Entry[K, V]) []Entry[K, V] {
	slices.SortStableFunc(entries, byKey)
	kept := entries[:0]
	for i, e := range entries {
		if i+1 < len(entries) && entries[i+1].Key == e.Key {
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

func byKey[K cmp.Ordered, V any](a, b Entry[K, V]) int { return cmp.Compare(a.Key, b.Key) }

func (m *Map[K, V]) find(key K) (at int, found bool) {
	return slices.BinarySearchFunc(m.entries, key, func(e Entry[K, V], key K) int {
		return cmp.Compare(e.Key, key)
	})
}

// Len returns the number of entries.
func (m *Map[K, V]) Len() int { return len(m.entries) }

// Entries returns the entries in the order of their keys. They must not be changed.
func (m *Map[K, V]) Entries() []Entry[K, V] { return m.entries }

// Get returns the value of a key and true, or false where there is none.
func (m *Map[K, V]) Get(key K) (v V, ok bool) {
	at, found := m.find(key)
	if !found {
		return v, false
	}
	return m.entries[at].Value, true
}

// Set sets the value of a key.
func (m *Map[K, V]) Set(key K, v V) {
	at, found := m.find(key)
	if found {
		m.entries[at].Value = v
		return
	}
	m.entries = slices.Insert(m.entries, at, Entry[K, V]{key, v})
}

// Delete removes a key if it is there.
func (m *Map[K, V]) Delete(key K) {
	if at, found := m.find(key); found {
		m.entries = slices.Delete(m.entries, at, at+1)
	}
}

// AppendMap appends the number of entries, and each key with its value in the order of keys.
func AppendMap[K cmp.Ordered, V any](b []byte, m Map[K, V], putKey Put[K], putValue Put[V]) []byte {
	b = AppendLen(b, len(m.entries))
	for i := range m.entries {
		b = putValue(&m.entries[i].Value, putKey(&m.entries[i].Key, b))
	}
	return b
}

// SizeMap returns the length of the encoding of a map.
func SizeMap[K cmp.Ordered, V any](m Map[K, V], sizeKey Size[K], sizeValue Size[V]) int {
	total := SizeLen(len(m.entries))
	for i := range m.entries {
		total += sizeKey(&m.entries[i].Key) + sizeValue(&m.entries[i].Value)
	}
	return total
}

// DecodeMap reads a map whose entries take at least minSize bytes each. As in the reference implementation entries
// may come in any order, and of those with the same key the last one counts.
func DecodeMap[K cmp.Ordered, V any](d *Decoder, minSize int, getKey Get[K], getValue Get[V]) Map[K, V] {
	return Map[K, V]{canonical(decodeEntries(d, minSize, getKey, getValue))}
}

// decodeEntries reads entries in any order, which take at least minSize bytes each.
func decodeEntries[K, V any](d *Decoder, minSize int, getKey Get[K], getValue Get[V]) []Entry[K, V] {
	return DecodeSlice(d, minSize, func(e *Entry[K, V], d *Decoder) {
		if getKey(&e.Key, d); d.err == nil {
			getValue(&e.Value, d)
		}
	})
}

// A Set is a set of keys in their order. Its zero value is empty.
type Set[K cmp.Ordered] struct {
	keys []K
}

// SetOf returns a set of keys, which may come in any order and more than once.
func SetOf[K cmp.Ordered](keys ...K) Set[K] { return Set[K]{canonicalKeys(slices.Clone(keys))} }

func canonicalKeys[K cmp.Ordered](keys []K) []K {
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Len returns the number of keys.
func (s *Set[K]) Len() int { return len(s.keys) }

// Keys returns the keys in their order. They must not be changed.
func (s *Set[K]) Keys() []K { return s.keys }

// Has reports whether a key is in the set.
func (s *Set[K]) Has(key K) bool {
	_, found := slices.BinarySearch(s.keys, key)
	return found
}

// Add adds a key.
func (s *Set[K]) Add(key K) {
	if at, found := slices.BinarySearch(s.keys, key); !found {
		s.keys = slices.Insert(s.keys, at, key)
	}
}

// Delete removes a key if it is there.
func (s *Set[K]) Delete(key K) {
	if at, found := slices.BinarySearch(s.keys, key); found {
		s.keys = slices.Delete(s.keys, at, at+1)
	}
}

// AppendSet appends the number of keys, and the keys in their order.
func AppendSet[K cmp.Ordered](b []byte, s Set[K], put Put[K]) []byte {
	return AppendSlice(b, s.keys, put)
}

// SizeSet returns the length of the encoding of a set.
func SizeSet[K cmp.Ordered](s Set[K], size Size[K]) int { return SizeSlice(s.keys, size) }

// DecodeSet reads a set whose keys take at least minSize bytes each. As in the reference implementation they may
// come in any order and more than once.
func DecodeSet[K cmp.Ordered](d *Decoder, minSize int, get Get[K]) Set[K] {
	return Set[K]{canonicalKeys(DecodeSlice(d, minSize, get))}
}
