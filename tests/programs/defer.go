// Deferred calls run last in, first out, with operands evaluated when they are deferred; results may be changed.
package main

type T struct{ n int }

func (t T) val(s string)  { println("val", t.n, s) }
func (t *T) ptr(s string) { println("ptr", t.n, s) }

type I interface{ val(string) }

func order() {
	for i := 0; i < 3; i++ {
		defer println("loop", i)
	}
	defer println("one")
	defer func() { println("two") }()
}

func operands() {
	x := 1
	t := T{1}
	var i I = t
	f := func(s string) { println("f", s, x) }
	defer f("a")
	defer t.val("b")
	defer t.ptr("c")
	defer i.val("d")
	defer T.val(t, "e")
	defer (*T).ptr(&t, "f")
	f = nil
	t.n = 2
	i = nil
	x = 2
}

func named() (n int, s string, a [3]int) {
	defer func() {
		n *= 2
		s += "!"
		a[1] = 9
	}()
	return 21, "hi", [3]int{1, 2, 3}
}

func unnamed() (int, string, [3]int) {
	n, s, a := 1, "x", [3]int{4, 5, 6}
	defer func() {
		n, s = 2, "y"
		a[0] = 7
	}()
	return n, s, a
}

func recovered() (n int) {
	defer func() {
		if e := recover(); e != nil {
			println("recovered", e.(string))
			n = 7
		}
	}()
	n = 3
	panic("oops")
}

func recoveredUnnamed(x bool) (int, [2]int, string) {
	defer func() { recover() }()
	if x {
		return 1, [2]int{1, 2}, "x"
	}
	panic(1)
}

func laterPanic() (int, [2]int) {
	defer func() { recover() }()
	defer func() { panic("later") }()
	return 5, [2]int{3, 4}
}

func nested() {
	defer func() { println("nested done", recover() != nil) }()
	deep(5)
	println("not here")
}

func deep(n int) int {
	if n == 0 {
		var p *T
		return p.n
	}
	defer println("leaving", n)
	return deep(n-1) + 1
}

func errors() {
	try := func(name string, f func()) {
		defer func() {
			e := recover()
			if err, ok := e.(error); ok {
				println(name, err.Error())
			} else {
				println(name, e == nil)
			}
		}()
		f()
	}
	s := []int{1, 2, 3}
	i := 5
	z := 0
	var e any = "str"
	var n any
	var it I
	neg := -1
	try("index", func() { println(s[i]) })
	try("neg", func() { println(s[neg]) })
	try("slice", func() { println(len(s[i:])) })
	try("slice2", func() { println(len(s[i:2])) })
	try("div", func() { println(i / z) })
	try("assert", func() { println(e.(int)) })
	try("assertnil", func() { println(n.(int)) })
	try("assertI", func() { println(e.(I)) })
	try("nilmethod", func() { it.val("x") })
	try("uncomparable", func() { var a, b any = s, s; println(a == b) })
	try("nilpanic", func() { panic(nil) })
	try("makeslice", func() { s = make([]int, neg) })
	try("none", func() {})
	try("array", func() { _ = [4]int(s) })
	try("nilfunc", func() { var f func(); f() })
	try("nildefer", func() { var f func(); defer f(); println("before") })
	try("shift", func() { println(1 << neg) })
}

func helper() any { return recover() }

func notDirect() {
	defer func() { println("outer", recover() != nil) }()
	defer func() {
		println("helper", helper() != nil)
		func() { println("inner", recover() != nil) }()
		defer func() { println("deferred in deferred", recover() != nil) }()
	}()
	panic("x")
}

func (t T) rec()   { println("rec", recover() != nil) }
func (t *T) prec() { println("prec", recover() != nil) }

type E struct{ T }
type R interface{ rec() }
type P interface{ prec() }

func wrappers() {
	run := func(f func()) {
		defer func() { println("left", recover() != nil) }()
		f()
	}
	run(func() { defer T{}.rec(); panic(1) })
	run(func() { t := &T{}; defer t.rec(); panic(1) })
	run(func() { t := &T{}; defer t.prec(); panic(1) })
	run(func() { e := &E{}; defer e.rec(); panic(1) })
	run(func() { e := &E{}; defer e.prec(); panic(1) })
	run(func() { var r R = &E{}; defer r.rec(); panic(1) })
	run(func() { var r R = T{}; defer r.rec(); panic(1) })
	run(func() { var r R = E{}; defer r.rec(); panic(1) })
	run(func() { var p P = &E{}; defer p.prec(); panic(1) })
	run(func() { f := T{}.rec; defer f(); panic(1) })
	run(func() { var p P = &E{}; f := p.prec; defer f(); panic(1) })
	run(func() { f := R.rec; defer f(E{}); panic(1) })
	run(func() { f := (*E).prec; defer f(&E{}); panic(1) })
	run(func() { defer T{}.indirect(); panic(1) })
	run(func() { defer recover(); panic(1) })
}

func (t T) indirect() { t.rec() }

func again() {
	defer func() { println("second", recover().(int)) }()
	defer func() {
		println("first", recover().(int))
		panic(2)
	}()
	panic(1)
}

func many() {
	for i := 0; i < 3; i++ {
		func() {
			defer func() {
				recover()
				defer func() { println("in", i, recover().(int)) }()
				panic(i)
			}()
			panic("a")
		}()
	}
}

func main() {
	order()
	operands()
	n, s, a := named()
	println(n, s, a[0], a[1], a[2])
	n, s, a = unnamed()
	println(n, s, a[0], a[1], a[2])
	println(recovered())
	n, b, s := recoveredUnnamed(true)
	println(n, b[0], b[1], s)
	n, b, s = recoveredUnnamed(false)
	println(n, b[0], b[1], s)
	n, b = laterPanic()
	println(n, b[0], b[1])
	nested()
	errors()
	notDirect()
	wrappers()
	again()
	many()
}
