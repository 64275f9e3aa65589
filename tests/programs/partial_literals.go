// A literal that a function with a deferred call that may recover returns, or assigns to its result, is built in the
// result, if nothing else can see that: where an element panics, those before it are there. Calls and what else needs
// a temporary variable come first.
package main

type S struct{ a, b int }
type L struct{ a, b, c, d, e, f int }
type N struct {
	s S
	t [2]int
	x int
}

func unnamed(v int) S {
	defer func() { recover() }()
	return S{3, 5 / v}
}
func named(v int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return S{3, 5 / v}
}
func assigned(v int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	r = S{3, 5 / v}
	return
}
func captured(v int) (r S) {
	defer func() { recover(); r.a += 10 }()
	r = S{8, 9}
	return S{3, 5 / v}
}
func addressed(v int) (r S) {
	defer func() { recover() }()
	p := &r
	p.a = 8
	return S{3, 5 / v}
}
func uses(v int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return S{r.b, 5 / v}
}
func large(v int) (r L) {
	defer func() { recover() }()
	r.f = 77
	return L{1, v, 5 / v, 4, v + 1, 6}
}
func arr(v int) (r [3]int) {
	defer func() { recover() }()
	r = [3]int{7, 8, 9}
	return [3]int{3, 5 / v, 2}
}
func arrIndexed(v int) (r [3]int) {
	defer func() { recover() }()
	r = [3]int{7, 8, 9}
	return [...]int{2: 3, 1: 5 / v}
}
func nested(v int) (r N) {
	defer func() { recover() }()
	r.x = 4
	return N{S{1, 2}, [2]int{3, 5 / v}, 6}
}
func two(v int) (r S, q S) {
	defer func() { recover() }()
	r, q = S{8, 9}, S{10, 11}
	return S{3, 5 / v}, S{1, 2}
}
func two2(v int) (r S, q S) {
	defer func() { recover() }()
	r, q = S{8, 9}, S{10, 11}
	return S{1, 2}, S{3, 5 / v}
}
func two3(v int) (r S, q S) {
	defer func() { recover() }()
	r, q = S{8, 9}, S{10, 11}
	return r, S{3, 5 / v}
}
func two5(v int, p *int) (r S, q S) {
	defer func() { recover() }()
	r, q = S{8, 9}, S{10, 11}
	*p, q = 2, S{3, 5 / v}
	return
}

//go:noinline
func f(v int) int { return 5 / v }
func g(v int) int { return 5 / v }
func call(v int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return S{3, f(v)}
}
func inl(v int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return S{3, g(v)}
}
func call2(v int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return S{3, 5 / (f(1) * v)}
}
func lens(s []int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return S{3, 5 / len(s)}
}

type I struct {
	a int
	i any
}

func iface(v int) (r I) {
	defer func() { recover() }()
	r = I{8, 9}
	return I{3, 5 / v}
}
func iface8(v uint8) (r I) {
	defer func() { recover() }()
	r = I{8, 9}
	return I{3, 5 / v}
}
func ifaceF(v []float64) (r I) {
	defer func() { recover() }()
	r = I{8, 9}
	return I{3, v[1]}
}
func ifaceS(v []string) (r I) {
	defer func() { recover() }()
	r = I{8, 9}
	return I{3, v[1]}
}
func ifaceC(v []complex128) (r I) {
	defer func() { recover() }()
	r = I{8, 9}
	return I{3, v[1]}
}

type B struct {
	a int
	b bool
}

func and(v int, t bool) (r B) {
	defer func() { recover() }()
	r = B{8, true}
	return B{3, t && 5/v == 1}
}
func not(v int, t bool) (r B) {
	defer func() { recover() }()
	r = B{8, true}
	return B{3, !(5/v == 1)}
}
func eq(x, y any) (r B) {
	defer func() { recover() }()
	r = B{8, true}
	return B{3, x == y}
}
func eqs(x, y [2]any) (r B) {
	defer func() { recover() }()
	r = B{8, true}
	return B{3, x == y}
}
func shift(v int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return S{3, 5 << v}
}
func nilp(p *int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return S{3, *p}
}
func nilf(p *S) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return S{3, p.b}
}
func assertI(x any) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return S{3, x.(int)}
}

type P struct {
	a int
	p *int
	s []int
	q *S
}

func assertP(x any) (r P) {
	defer func() { recover() }()
	r = P{8, new(int), nil, nil}
	return P{a: 3, p: x.(*int)}
}
func slice(s []int) (r P) {
	defer func() { recover() }()
	r = P{8, new(int), nil, nil}
	return P{a: 3, s: s[5:]}
}
func sliceLit(v int) (r P) {
	defer func() { recover() }()
	r = P{8, new(int), nil, nil}
	return P{a: 3, s: []int{5 / v}}
}
func ptrLit(v int) (r P) {
	defer func() { recover() }()
	r = P{8, new(int), nil, nil}
	return P{a: 3, q: &S{1, 5 / v}}
}
func conv(v int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return S(struct{ a, b int }{3, 5 / v})
}
func paren(v int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return (S{3, 5 / v})
}
func ident(v int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return struct{ a, b int }{3, 5 / v}
}
func sarr(s []int) (r [2]S) {
	defer func() { recover() }()
	r[0].a = 9
	return [2]S{{1, 2}, {3, s[9]}}
}
func mapl(v int) (r map[int]int) {
	defer func() { recover() }()
	r = map[int]int{}
	return map[int]int{1: 2, 2: 5 / v}
}
func mapk(m map[int]int, v int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return S{3, m[5/v]}
}
func mapk8(m map[uint8]int, v uint8) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	return S{3, m[5/v]}
}
func s2a(s []int) (r struct {
	a int
	b [2]int
}) {
	defer func() { recover() }()
	r.a = 8
	return struct {
		a int
		b [2]int
	}{3, [2]int(s)}
}

type G[T any] struct {
	a T
	b int
}

func gen[T any](t T, v int) (r G[T]) {
	defer func() { recover() }()
	r.b = 9
	return G[T]{t, 5 / v}
}
func loop(v int) (r S) {
	defer func() { recover() }()
	r = S{8, 9}
	for range 3 {
		r = S{3, 5 / v}
		v--
	}
	return
}
func str(x string, s []string) (r struct{ a, b string }) {
	defer func() { recover() }()
	r.b = "old"
	return struct{ a, b string }{x, s[3] + "x"}
}
func mv(x interface{ M() }) (r struct {
	a int
	f func()
}) {
	defer func() { recover() }()
	r.a = 7
	return struct {
		a int
		f func()
	}{3, x.M}
}
func one(v int) (r struct{ a int }) {
	defer func() { recover() }()
	r.a = 7
	return struct{ a int }{5 / v}
}
func blank(v int) (r struct{ a, _, b int }) {
	defer func() { recover() }()
	r.a = 7
	return struct{ a, _, b int }{1, 5 / v, 3}
}
func inner(v int) S {
	func() {
		defer func() { recover() }()
		v = 5 / v
	}()
	return S{3, v}
}
func cx(v int) (r struct {
	a int
	c complex128
}) {
	defer func() { recover() }()
	r.a = 7
	return struct {
		a int
		c complex128
	}{1, complex(float64(5/v), 1)}
}
func mix(v int, p *int) (r L) {
	defer func() { recover() }()
	r.a = 7
	return L{a: 1, b: *p, c: f(v)}
}
func mix2(v int, p *int) (r L) {
	defer func() { recover() }()
	r.a = 7
	return L{a: 1, b: f(2), c: *p, d: f(v)}
}

func main() {
	o := func(s S) { println(s.a, s.b) }
	o(unnamed(0))
	o(named(0))
	o(assigned(0))
	o(captured(0))
	o(addressed(0))
	o(uses(0))
	l := large(0)
	println(l.a, l.b, l.c, l.d, l.e, l.f)
	a := arr(0)
	println(a[0], a[1], a[2])
	a = arrIndexed(0)
	println(a[0], a[1], a[2])
	n := nested(0)
	println(n.s.a, n.s.b, n.t[0], n.t[1], n.x)
	t := func(r, q S) { println(r.a, r.b, q.a, q.b) }
	t(two(0))
	t(two2(0))
	t(two3(0))
	t(two5(0, new(int)))
	println("calls")
	o(call(0))
	o(inl(0))
	o(call2(0))
	o(lens(nil))
	println("iface")
	i := func(i I) { println(i.a, i.i == nil) }
	i(iface(0))
	i(iface8(0))
	i(ifaceF(nil))
	i(ifaceS(nil))
	i(ifaceC(nil))
	println("bool")
	b := func(i B) { println(i.a, i.b) }
	b(and(0, true))
	b(not(0, true))
	b(eq([]int{}, []int{}))
	b(eqs([2]any{[]int{}}, [2]any{[]int{}}))
	o(shift(-1))
	o(nilp(nil))
	o(nilf(nil))
	o(assertI(nil))
	println("pointers")
	p := func(p P) { println(p.a, p.p == nil, p.s == nil, p.q == nil) }
	p(assertP(nil))
	p(slice(nil))
	p(sliceLit(0))
	p(ptrLit(0))
	println("conv")
	o(conv(0))
	o(paren(0))
	o(ident(0))
	sa := sarr(nil)
	println(sa[0].a, sa[0].b, sa[1].a, sa[1].b)
	println(len(mapl(0)))
	o(mapk(nil, 0))
	o(mapk8(nil, 0))
	println(s2a(nil).a)
	println(gen(7, 0).a, gen(7, 0).b, gen("x", 0).a)
	o(loop(1))
	x := str("new", nil)
	println(x.a, x.b)
	println(mv(nil).a, one(0).a)
	bl := blank(0)
	println(bl.a, bl.b)
	o(inner(0))
	println(cx(0).a)
	m := mix(0, nil)
	println(m.a, m.b)
	m = mix(1, nil)
	println(m.a, m.b)
	m = mix2(1, nil)
	println(m.a, m.b)
	m = mix2(0, nil)
	println(m.a, m.b)
}
