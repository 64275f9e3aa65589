// Package abi stands for the release's package of the same name in tests.
package abi

import "unsafe"

type Type struct {
	Size_, PtrBytes            uintptr
	Hash                       uint32
	TFlag, Align_, FieldAlign_ uint8
	Kind_                      uint8
	Equal                      func(unsafe.Pointer, unsafe.Pointer) bool
	GCData                     *byte
	Str, PtrToThis             int32
}

type InterfaceType struct {
	Type
	PkgPath *byte
	Methods []struct{ Name, Typ int32 }
}

type ITab struct {
	Inter *InterfaceType
	Type  *Type
	Hash  uint32
	Fun   [1]uintptr
}
