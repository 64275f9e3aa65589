package reflect

import (
	"internal/abi"
	"unsafe"
)

// Methods of embedded interfaces in types made by StructOf. All have embeddedIfaceMethStub as their code, which panics;
// to be called as what they are, they need code of their own types.

// methodStubs is the code that calls embeddedIfaceMethStub, for each shape of the methods of interface types. The compiler
// gives it its value.
var methodStubs []funcStub

// isEmbeddedMethod reports whether a method's code is that of an embedded interface's methods.
//
//go:ifreached StructOf
func isEmbeddedMethod(code uintptr) bool {
	return code == abi.FuncPCABIInternal(embeddedIfaceMethStub)
}

// embeddedMethod returns the code that panics for a method of a type, if its code is that of an embedded interface's
// methods, and else 0. The runtime asks as it makes an interface table.
//
//go:ifreached StructOf
func embeddedMethod(code uintptr, typ *abi.Type) uintptr {
	if !isEmbeddedMethod(code) {
		return 0
	}
	shape := shapeOf((*funcType)(unsafe.Pointer(typ)), true)
	for i := range methodStubs {
		if methodStubs[i].shape == shape {
			return methodStubs[i].code
		}
	}
	return 0
}
