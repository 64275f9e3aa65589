package runtime

import (
	"internal/strconv"
	"unsafe"
)

// Floats print in the shortest form that reads back as the same value, like strconv's format 'g'.

func printbytes(b []byte) {
	printstring(unsafe.String(unsafe.SliceData(b), len(b)))
}

func printfloat64(v float64) {
	var buf [24]byte
	printbytes(strconv.AppendFloat(buf[:0], v, 'g', -1, 64))
}

func printfloat32(v float32) {
	var buf [15]byte
	printbytes(strconv.AppendFloat(buf[:0], float64(v), 'g', -1, 32))
}

func printcomplex128(c complex128) {
	var buf [51]byte
	printbytes(strconv.AppendComplex(buf[:0], c, 'g', -1, 128))
}

func printcomplex64(c complex64) {
	var buf [33]byte
	printbytes(strconv.AppendComplex(buf[:0], complex128(c), 'g', -1, 64))
}
