package runtime

import (
	"internal/abi"
	"unsafe"
)

type stringer interface {
	String() string
}

// panicvalue is the panic builtin.
//
//go:untraced
func panicvalue(e any) {
	gopanic(e)
	// Nothing is deferred in this program.
	if e == nil && !mayPanicNil() {
		panicNil()
	}
	text, known := "", false
	if hasMethods(e) {
		text, known = panicText(e)
	}
	startPanic()
	if known {
		printindented(text)
	} else {
		printpanicval(e)
	}
	endPanic()
}

// hasMethods reports whether the dynamic type of e has methods.
func hasMethods(e any) bool {
	t := (*abi.EmptyInterface)(unsafe.Pointer(&e)).Type
	return t != nil && t.TFlag&abi.TFlagUncommon != 0 && t.Uncommon().Mcount != 0
}

// panicText asks the value of a panic for its text. A method that waits for others is not waited for.
//
//go:ifmethods
//go:noinline
//go:exitbarrier
func panicText(e any) (text string, known bool) {
	switch v := e.(type) {
	case error:
		return v.Error(), true
	case stringer:
		return v.String(), true
	}
	return "", false
}

// mayPanicNil reports whether panic(nil) panics with nil, as up to Go 1.20.
func mayPanicNil() bool { return godebug("panicnil") == "1" }

const panicNilText = "panic called with nil argument"

func panicNil() {
	startPanic()
	printstring(panicNilText)
	endPanic()
}

// printpanicval prints the value of a panic: those of predeclared types as print does, those of types that are
// defined from them as T(value), and of others the type and address.
func printpanicval(e any) {
	w := (*abi.EmptyInterface)(unsafe.Pointer(&e))
	t := w.Type
	if t == nil {
		printstring("nil")
		return
	}
	named := t.TFlag&abi.TFlagNamed != 0 && t.TFlag&abi.TFlagUncommon != 0
	name := typeString(t)
	kind := t.Kind()
	if kind == abi.Invalid || kind > abi.Complex128 && kind != abi.String {
		printbyte('(')
		printstring(name)
		printstring(") ")
		printpointer(w.Data)
		return
	}
	named = named && !isPredeclared(name)
	if named {
		printstring(name)
		printbyte('(')
	}
	p := w.Data
	switch kind {
	case abi.Bool:
		printbool(*(*bool)(p))
	case abi.Int, abi.Int32:
		printint(int64(*(*int32)(p)))
	case abi.Int8:
		printint(int64(*(*int8)(p)))
	case abi.Int16:
		printint(int64(*(*int16)(p)))
	case abi.Int64:
		printint(*(*int64)(p))
	case abi.Uint, abi.Uint32, abi.Uintptr:
		printuint(uint64(*(*uint32)(p)))
	case abi.Uint8:
		printuint(uint64(*(*uint8)(p)))
	case abi.Uint16:
		printuint(uint64(*(*uint16)(p)))
	case abi.Uint64:
		printuint(*(*uint64)(p))
	case abi.Float32, abi.Float64, abi.Complex64, abi.Complex128:
		printpanicfloat(kind, p)
	case abi.String:
		if named {
			printbyte('"')
		}
		printindented(*(*string)(p))
		if named {
			printbyte('"')
		}
	}
	if named {
		printbyte(')')
	}
}

// printpanicfloat prints a floating-point or complex value of a panic.
//
//go:ifkind float32 float64 complex64 complex128
func printpanicfloat(kind abi.Kind, p unsafe.Pointer) {
	switch kind {
	case abi.Float32:
		printfloat32(*(*float32)(p))
	case abi.Float64:
		printfloat64(*(*float64)(p))
	case abi.Complex64:
		printcomplex64(*(*complex64)(p))
	case abi.Complex128:
		printcomplex128(*(*complex128)(p))
	}
}

// isPredeclared reports whether a type string names a predeclared type: it has no package.
func isPredeclared(name string) bool {
	for i := 0; i < len(name); i++ {
		if name[i] == '.' {
			return false
		}
	}
	return true
}

// printindented prints s with a tab behind each newline.
func printindented(s string) {
	for i := 0; i < len(s); i++ {
		printbyte(s[i])
		if s[i] == '\n' {
			printbyte('\t')
		}
	}
}
