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
