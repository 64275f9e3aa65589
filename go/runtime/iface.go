package runtime

import (
	"internal/abi"
	"unsafe"
)

// Interface comparison and assertion. The compiler makes the itabs of conversions it sees; those of assertions
// from one interface to another are made here, once for each pair of types.

// efaceeq reports whether two values of one type, as they stand in interfaces' data words, are equal.
func efaceeq(t *abi.Type, x, y unsafe.Pointer) bool {
	if t == nil {
		return true
	}
	if t.Equal == nil {
		panicError2("comparing uncomparable type ", typeString(t))
	}
	if t.TFlag&abi.TFlagDirectIface != 0 {
		return x == y
	}
	return callEqual(t, x, y)
}

// callEqual calls a type's comparison, which never waits, whatever other functions of its signature do.
//
//go:noinline
//go:exitbarrier
func callEqual(t *abi.Type, x, y unsafe.Pointer) bool { return t.Equal(x, y) }

// ifaceeq is efaceeq for interfaces with methods.
func ifaceeq(tab *abi.ITab, x, y unsafe.Pointer) bool {
	if tab == nil {
		return true
	}
	return efaceeq(tab.Type, x, y)
}

// A madeItab is an itab made at run time.
type madeItab struct {
	next *madeItab
	tab  *abi.ITab
}

var madeItabs *madeItab

// assertE2I returns the itab of a type for an interface. It panics where the type is nil or lacks a method.
func assertE2I(inter *abi.InterfaceType, t *abi.Type) *abi.ITab {
	if t == nil {
		panicnildottype(&inter.Type)
	}
	tab, missing := getitab(inter, t)
	if tab == nil {
		panicTypeAssert(t, &inter.Type, &inter.Type, missing)
	}
	return tab
}

// assertE2I2 returns the itab of a type for an interface, or nil.
func assertE2I2(inter *abi.InterfaceType, t *abi.Type) *abi.ITab {
	if t == nil {
		return nil
	}
	tab, _ := getitab(inter, t)
	return tab
}

// getitab finds or makes an itab, or gives the name of a method that the type lacks.
func getitab(inter *abi.InterfaceType, t *abi.Type) (*abi.ITab, string) {
	for m := madeItabs; m != nil; m = m.next {
		if m.tab.Inter == inter && m.tab.Type == t {
			return m.tab, ""
		}
	}
	n := len(inter.Methods)
	size := unsafe.Offsetof(abi.ITab{}.Fun) + uintptr(n)*4
	// An itab refers to static data alone, so it needs no type.
	tab := (*abi.ITab)(mallocgc(size, nil))
	tab.Inter = inter
	tab.Type = t
	tab.Hash = t.Hash
	fun := unsafe.Pointer(&tab.Fun)
	var have []abi.Method
	u := t.Uncommon()
	if u != nil {
		have = u.Methods()
	}
	// Both lists are in the order of names.
	j := 0
	for i := range inter.Methods {
		want := &inter.Methods[i]
		name := resolveName(want.Name)
		for ; ; j++ {
			if j == len(have) {
				return nil, name.Name()
			}
			m := &have[j]
			if m.Mtyp == want.Typ && methodNameEqual(resolveName(m.Name), u, name, inter) {
				code := uintptr(m.Ifn)
				if stub := reflectedMethod(code, want); stub != 0 {
					code = stub
				}
				*(*uintptr)(add(fun, uintptr(i)*4)) = code
				j++
				break
			}
		}
	}
	madeItabs = &madeItab{madeItabs, tab}
	return tab, ""
}

// reflectedMethod returns the code of a method that package reflect gives a type it makes, if it has to be another than
// what the type says, and else 0.
//
//go:ifreached reflect_addReflectOff
func reflectedMethod(code uintptr, want *abi.Imethod) uintptr {
	return reflect_embeddedMethod(code, (*abi.Type)(unsafe.Pointer(uintptr(want.Typ))))
}

//go:linkname reflect_embeddedMethod reflect.embeddedMethod
func reflect_embeddedMethod(code uintptr, typ *abi.Type) uintptr

// methodNameEqual compares method names, and packages where the name is not exported.
func methodNameEqual(have abi.Name, u *abi.UncommonType, want abi.Name, inter *abi.InterfaceType) bool {
	if have.Name() != want.Name() {
		return false
	}
	if have.IsExported() {
		return true
	}
	havePkg, wantPkg := namePkgPath(have), namePkgPath(want)
	if havePkg == "" {
		havePkg = resolveName(u.PkgPath).Name()
	}
	if wantPkg == "" {
		wantPkg = inter.PkgPath.Name()
	}
	return havePkg == wantPkg
}

func panicnildottype(want *abi.Type) {
	panicTypeAssert(nil, want, nil, "")
}

func panicdottypeE(have, want, iface *abi.Type) {
	panicTypeAssert(have, want, iface, "")
}

// panicTypeAssert panics with a TypeAssertionError.
//
//go:untraced
func panicTypeAssert(have, want, iface *abi.Type, missing string) {
	e := TypeAssertionError{iface, have, want, missing}
	raiseTypeAssert(e)
	startPanic()
	printstring(e.Error())
	endPanic()
}

// raiseTypeAssert panics with a value that may be recovered.
//
//go:ifreached pushDefer
//go:untraced
func raiseTypeAssert(e TypeAssertionError) { gopanic(&e) }
