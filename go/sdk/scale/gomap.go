package scale

import (
	"cmp"
	"math/bits"
	"slices"
)

// AppendGoMap appends the number of entries of a Go map, and each key with its value in the order of keys.
func AppendGoMap[K cmp.Ordered, V any](b []byte, m map[K]V, putKey Put[K], putValue Put[V]) []byte {
	return AppendGoMapFunc(b, m, cmp.Compare[K], putKey, putValue)
}

// AppendGoMapFunc is like [AppendGoMap] for keys whose order is that of a function.
func AppendGoMapFunc[K comparable, V any](b []byte, m map[K]V, compare func(x, y K) int, putKey Put[K], putValue Put[V]) []byte {
	keys := make([]K, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, compare)
	b = AppendLen(b, len(keys))
	for i := range keys {
		value := m[keys[i]]
		b = putValue(&value, putKey(&keys[i], b))
	}
	return b
}

// SizeGoMap returns the length of the encoding of a Go map.
func SizeGoMap[K comparable, V any](m map[K]V, sizeKey Size[K], sizeValue Size[V]) int {
	total := SizeLen(len(m))
	for key, value := range m {
		total += sizeKey(&key) + sizeValue(&value)
	}
	return total
}

// DecodeGoMap reads a Go map whose entries take at least minSize bytes each. As in the reference implementation
// entries may come in any order, and of those with the same key the last one counts. An empty map is not nil.
func DecodeGoMap[K comparable, V any](d *Decoder, minSize int, getKey Get[K], getValue Get[V]) map[K]V {
	entries := decodeEntries(d, minSize, getKey, getValue)
	if d.err != nil || len(entries) > 0 && !d.allocate(sizeOfMap[K, V](len(entries))) {
		return nil
	}
	m := make(map[K]V, len(entries))
	for i := range entries {
		m[entries[i].Key] = entries[i].Value
	}
	return m
}

// sizeOfMap returns about how many bytes a Go map with n entries takes: groups of eight slots with a word of control
// bytes, seven eighths of them in use at the most, and their number a power of two.
func sizeOfMap[K comparable, V any](n int) int {
	groups := 1
	if n > 8 {
		groups = 1 << bits.Len(uint(n-1)/7)
	}
	return mapHeader + groups*(8+8*sizeOf[Entry[K, V]]())
}

// mapHeader is what a map takes besides its groups.
const mapHeader = 64

// DecodePointer reads a value into memory of its own. If the decoder allows no more memory it returns nil.
func DecodePointer[T any](d *Decoder, get Get[T]) *T {
	if !d.allocate(sizeOf[T]()) {
		return nil
	}
	v := new(T)
	get(v, d)
	return v
}
