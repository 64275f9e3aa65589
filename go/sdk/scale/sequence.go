package scale

import (
	"math"
	"unsafe"
)

// AppendSlice appends a sequence: its length and its elements.
func AppendSlice[T any](b []byte, v []T, put Put[T]) []byte {
	return AppendArray(AppendLen(b, len(v)), v, put)
}

// AppendArray appends elements without their number: how arrays are encoded.
func AppendArray[T any](b []byte, v []T, put Put[T]) []byte {
	for i := range v {
		b = put(&v[i], b)
	}
	return b
}

// SizeSlice returns the length of the encoding of a sequence.
func SizeSlice[T any](v []T, size Size[T]) int { return SizeLen(len(v)) + SizeArray(v, size) }

// SizeArray returns the length of the encodings of elements without their number.
func SizeArray[T any](v []T, size Size[T]) int {
	total := 0
	for i := range v {
		total += size(&v[i])
	}
	return total
}

// DecodeSlice reads a sequence whose elements take at least minSize bytes each. An empty one is nil.
func DecodeSlice[T any](d *Decoder, minSize int, get Get[T]) []T {
	n := d.Len(minSize)
	if n == 0 {
		return nil
	}
	// Memory for all elements at once, unless the number alone would make a little input take much of it.
	size := sizeOf[T]()
	first := n
	if size > 0 {
		first = min(n, max(1, allocationFactor*d.Remaining()/size))
	}
	if !d.allocate(first * size) {
		return nil
	}
	v := make([]T, 0, first)
	for i := range n {
		if i == cap(v) {
			more := min(n-i, i)
			if size > 0 && i+more > math.MaxInt/size {
				d.fail(TooLong, d.off, "more elements than memory")
				return nil
			}
			if !d.allocate((i + more) * size) {
				return nil
			}
			v = append(make([]T, 0, i+more), v...)
		}
		v = v[:i+1]
		get(&v[i], d)
		if d.err != nil {
			d.InElement(i)
			return nil
		}
	}
	return v
}

// sizeOf returns the number of bytes that a variable of type T takes.
func sizeOf[T any]() int {
	var v T
	return int(unsafe.Sizeof(v))
}

// allocationFactor bounds the memory that is allocated for a sequence before its elements have been seen: that many
// times the bytes left of the input.
const allocationFactor = 4

// DecodeArray reads as many elements as v has: how arrays are encoded.
func DecodeArray[T any](d *Decoder, v []T, get Get[T]) {
	for i := range v {
		get(&v[i], d)
		if d.err != nil {
			d.InElement(i)
			return
		}
	}
}
