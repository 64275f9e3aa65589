package runtime

import "unsafe"

func rawstring(n int) (string, unsafe.Pointer) {
	p := mallocgc(uintptr(n), nil)
	return unsafe.String((*byte)(p), n), p
}

func concatstring2(a, b string) string {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	n := len(a) + len(b)
	if n < 0 {
		throw("string concatenation too long")
	}
	s, p := rawstring(n)
	memmoveNoPointers(p, unsafe.Pointer(unsafe.StringData(a)), uintptr(len(a)))
	memmoveNoPointers(add(p, uintptr(len(a))), unsafe.Pointer(unsafe.StringData(b)), uintptr(len(b)))
	return s
}

// concatstrings joins the n strings at p. Where all but one are empty, that one is the result.
func concatstrings(p *string, n int) string {
	list := unsafe.Slice(p, n)
	total := 0
	parts := 0
	last := 0
	for i, s := range list {
		if len(s) == 0 {
			continue
		}
		total += len(s)
		if total < 0 {
			throw("string concatenation too long")
		}
		parts++
		last = i
	}
	if parts == 0 {
		return ""
	}
	if parts == 1 {
		return list[last]
	}
	s, to := rawstring(total)
	for _, part := range list {
		memmoveNoPointers(to, unsafe.Pointer(unsafe.StringData(part)), uintptr(len(part)))
		to = add(to, uintptr(len(part)))
	}
	return s
}

func slicebytetostring(ptr *byte, n int) string {
	if n == 0 {
		return ""
	}
	s, p := rawstring(n)
	memmoveNoPointers(p, unsafe.Pointer(ptr), uintptr(n))
	return s
}

func stringtoslicebyte(s string) []byte {
	p := mallocgc(uintptr(len(s)), nil)
	memmoveNoPointers(p, unsafe.Pointer(unsafe.StringData(s)), uintptr(len(s)))
	return unsafe.Slice((*byte)(p), len(s))
}

func stringtoslicerune(s string) []rune {
	n := 0
	for range s {
		n++
	}
	p := mallocgc(uintptr(n)*4, nil)
	to := p
	for _, r := range s {
		*(*rune)(to) = r
		to = add(to, 4)
	}
	return unsafe.Slice((*rune)(p), n)
}

func slicerunetostring(a []rune) string {
	var one [4]byte
	n := 0
	for _, r := range a {
		n += encoderune(&one, r)
		if n < 0 {
			throw("string too long")
		}
	}
	s, p := rawstring(n)
	for _, r := range a {
		n := encoderune(&one, r)
		memmoveNoPointers(p, unsafe.Pointer(&one), uintptr(n))
		p = add(p, uintptr(n))
	}
	return s
}

// intstring converts an integer to the string that holds it as a rune.
func intstring(v int64) string {
	if int64(rune(v)) != v {
		v = runeError
	}
	var buf [4]byte
	n := encoderune(&buf, rune(v))
	return slicebytetostring(&buf[0], n)
}

// cmpstring compares byte by byte: -1, 0 or 1, as package internal/bytealg passes it on.
func cmpstring(a, b string) int {
	n := min(len(a), len(b))
	p, q := unsafe.Pointer(unsafe.StringData(a)), unsafe.Pointer(unsafe.StringData(b))
	for i := range uintptr(n) {
		x, y := *(*uint8)(add(p, i)), *(*uint8)(add(q, i))
		if x < y {
			return -1
		}
		if x > y {
			return 1
		}
	}
	switch {
	case len(a) < len(b):
		return -1
	case len(a) > len(b):
		return 1
	}
	return 0
}
