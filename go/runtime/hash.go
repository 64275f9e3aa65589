package runtime

import (
	"internal/abi"
	"unsafe"
)

// Hash functions for the keys of maps: p points to the key, h is the seed or the hash of what stood before it.
// The compiler puts those of larger types together from these.
//
// WebAssembly multiplies 64 bits in one instruction but has no high half of the product, so a step multiplies by an
// odd constant and folds the high half, where the mixing is best, onto the low one.

// Odd, with bits set at random: 2^64 divided by the golden ratio, and the constants of the finalizer of splitmix64.
const (
	hashMul0 = 0x9e3779b97f4a7c15
	hashMul1 = 0xbf58476d1ce4e5b9
	hashMul2 = 0x94d049bb133111eb
)

// hashStep adds eight bytes to a state.
func hashStep(state, x uint64) uint64 {
	state = (state ^ x) * hashMul1
	return state ^ state>>32
}

// hashEnd makes a hash from a state.
func hashEnd(state uint64) uintptr {
	state *= hashMul2
	return uintptr(state>>32) ^ uintptr(state>>3)
}

// hashSeed makes a state from a seed and a length.
func hashSeed(h, n uintptr) uint64 {
	return (uint64(h) | uint64(n)<<32) * hashMul0
}

// memhash hashes n bytes.
func memhash(p unsafe.Pointer, h, n uintptr) uintptr {
	state := hashSeed(h, n)
	for ; n >= 8; n -= 8 {
		state = hashStep(state, *(*uint64)(p))
		p = add(p, 8)
	}
	last := uint64(0)
	if n >= 4 {
		last = uint64(*(*uint32)(p))
		p = add(p, 4)
		n -= 4
	}
	for ; n != 0; n-- {
		last = last<<8 | uint64(*(*uint8)(p))
		p = add(p, 1)
	}
	return hashEnd(hashStep(state, last))
}

// memhash32 hashes four bytes.
func memhash32(p unsafe.Pointer, h uintptr) uintptr {
	return hashEnd(hashStep(hashSeed(h, 4), uint64(*(*uint32)(p))))
}

// memhash64 hashes eight bytes.
func memhash64(p unsafe.Pointer, h uintptr) uintptr {
	return hashEnd(hashStep(hashSeed(h, 8), *(*uint64)(p)))
}

// strhash hashes a string.
func strhash(p unsafe.Pointer, h uintptr) uintptr {
	s := *(*string)(p)
	return memhash(unsafe.Pointer(unsafe.StringData(s)), h, uintptr(len(s)))
}

// The zeros are equal and have one hash. NaNs differ from everything, also from themselves, and get hashes at random.

// f32hash hashes a float32.
func f32hash(p unsafe.Pointer, h uintptr) uintptr {
	switch f := *(*float32)(p); {
	case f == 0:
		return hashEnd(hashSeed(h, 0))
	case f != f:
		return hashEnd(hashStep(hashSeed(h, 0), rand()))
	}
	return memhash32(p, h)
}

// f64hash hashes a float64.
func f64hash(p unsafe.Pointer, h uintptr) uintptr {
	switch f := *(*float64)(p); {
	case f == 0:
		return hashEnd(hashSeed(h, 0))
	case f != f:
		return hashEnd(hashStep(hashSeed(h, 0), rand()))
	}
	return memhash64(p, h)
}

// c64hash hashes a complex64.
func c64hash(p unsafe.Pointer, h uintptr) uintptr {
	return f32hash(add(p, 4), f32hash(p, h))
}

// c128hash hashes a complex128.
func c128hash(p unsafe.Pointer, h uintptr) uintptr {
	return f64hash(add(p, 8), f64hash(p, h))
}

// nilinterhash hashes an interface value of a type without methods. It panics if the dynamic type is not hashable.
func nilinterhash(p unsafe.Pointer, h uintptr) uintptr {
	e := (*abi.EmptyInterface)(p)
	return wordhash(e.Type, e.Data, h)
}

// interhash is nilinterhash for a type with methods.
func interhash(p unsafe.Pointer, h uintptr) uintptr {
	i := (*abi.NonEmptyInterface)(p)
	if i.ITab == nil {
		return h
	}
	return wordhash(i.ITab.Type, i.Data, h)
}

// wordhash hashes a value as it stands in an interface's data word.
func wordhash(t *abi.Type, data unsafe.Pointer, h uintptr) uintptr {
	if t == nil {
		return h
	}
	if t.Equal == nil {
		panicUnhashable(t)
	}
	if t.TFlag&abi.TFlagDirectIface != 0 {
		return typehash(t, unsafe.Pointer(&data), h)
	}
	return typehash(t, data, h)
}

// typehash hashes a value of a type that is known at run time only, as the function that the compiler makes for the type
// does.
func typehash(t *abi.Type, p unsafe.Pointer, h uintptr) uintptr {
	if t.TFlag&abi.TFlagRegularMemory != 0 {
		return bytehash(p, h, t.Size_)
	}
	switch t.Kind() {
	case abi.Float32:
		return f32hash(p, h)
	case abi.Float64:
		return f64hash(p, h)
	case abi.Complex64:
		return c64hash(p, h)
	case abi.Complex128:
		return c128hash(p, h)
	case abi.String:
		return strhash(p, h)
	case abi.Interface:
		if len((*abi.InterfaceType)(unsafe.Pointer(t)).Methods) == 0 {
			return nilinterhash(p, h)
		}
		return interhash(p, h)
	case abi.Array:
		a := (*abi.ArrayType)(unsafe.Pointer(t))
		for i := uintptr(0); i < a.Len; i++ {
			h = typehash(a.Elem, add(p, i*a.Elem.Size_), h)
		}
		return h
	case abi.Struct:
		s := (*abi.StructType)(unsafe.Pointer(t))
		// Fields that lie side by side and are compared byte by byte are hashed at once.
		start, end := uintptr(0), uintptr(0)
		for i := range s.Fields {
			f := &s.Fields[i]
			if f.Name.IsBlank() {
				continue
			}
			plain := f.Typ.TFlag&abi.TFlagRegularMemory != 0
			if !plain || f.Offset != end {
				h = bytehash(add(p, start), h, end-start)
				start = f.Offset
			}
			if plain {
				end = f.Offset + f.Typ.Size_
			} else {
				h = typehash(f.Typ, add(p, start), h)
				start, end = 0, 0
			}
		}
		return bytehash(add(p, start), h, end-start)
	}
	panicUnhashable(t)
	return 0
}

// bytehash hashes n bytes that are compared byte by byte.
func bytehash(p unsafe.Pointer, h, n uintptr) uintptr {
	switch n {
	case 0:
		return h
	case 4:
		return memhash32(p, h)
	case 8:
		return memhash64(p, h)
	}
	return memhash(p, h, n)
}

func panicUnhashable(t *abi.Type) {
	panicError("hash of unhashable type " + typeString(t))
}
