package runtime

import (
	"internal/abi"
	"unsafe"
)

// Names and types that descriptors refer to are absolute addresses here (decision record 0004).

func resolveName(off abi.NameOff) abi.Name {
	return abi.Name{Bytes: (*byte)(unsafe.Pointer(uintptr(off)))}
}

// typeString returns the name of a type as %T prints it.
func typeString(t *abi.Type) string {
	s := resolveName(t.Str).Name()
	if t.TFlag&abi.TFlagExtraStar != 0 {
		return s[1:]
	}
	return s
}

// namePkgPath returns the package that a name which is not exported says it is of, if it says so.
func namePkgPath(n abi.Name) string {
	const hasPkgPath = 1 << 2
	if *n.Bytes&hasPkgPath == 0 {
		return ""
	}
	i, l := n.ReadVarint(1)
	at := 1 + i + l
	if n.HasTag() {
		i, l = n.ReadVarint(at)
		at += i + l
	}
	return resolveName(abi.NameOff(load32(uintptr(unsafe.Pointer(n.Bytes)) + uintptr(at)))).Name()
}

// typePkgPath returns the package of a type that has a name, or of the names in it.
func typePkgPath(t *abi.Type) string {
	if u := t.Uncommon(); u != nil {
		return resolveName(u.PkgPath).Name()
	}
	switch t.Kind() {
	case abi.Struct:
		return (*abi.StructType)(unsafe.Pointer(t)).PkgPath.Name()
	case abi.Interface:
		return (*abi.InterfaceType)(unsafe.Pointer(t)).PkgPath.Name()
	}
	return ""
}
