package p

type Number interface{ ~int | ~float64 }
type Mixed interface {
	~int
	M()
}
type Cmp interface{ comparable }

var v1 Number /* ERROR "cannot use type Number outside a type constraint: interface contains type constraints" */
var v2 []Cmp /* ERROR "cannot use type Cmp outside a type constraint: interface is (or embeds) comparable" */
var v3 func(Mixed /* ERROR "cannot use type Mixed outside a type constraint: interface contains type constraints" */)
var v4 any

type MyInt int

type Bad1 interface{ ~ /* ERROR "invalid use of ~ (underlying type of MyInt is int)" */MyInt }
type Bad2 interface{ ~ /* ERROR "invalid use of ~ (Mixed is an interface)" */Mixed | int }
type Bad3 interface{ int | Mixed /* ERROR "cannot use p.Mixed in union (p.Mixed contains methods)" */ }
type Bad4 interface{ int | comparable /* ERROR "cannot use comparable in union" */ }
type Bad5 interface{ int | ~ /* ERROR "overlapping terms ~int and int" */int }
type Bad6[T any] interface{ T /* ERROR "term cannot be a type parameter" */ | int }
type Bad7[T any] interface{ T /* ERROR "term cannot be a type parameter" */ }
type Bad8[T any] T /* ERROR "cannot use a type parameter as RHS in type declaration" */
type Bad9[T any] struct{ T /* ERROR "embedded field type cannot be a (pointer to a) type parameter" */ }
type Bad10[P Q /* ERROR "cannot use a type parameter as constraint" */, Q any] struct{}

type G[K comparable, V any] map[K]V

var g1 G /* ERROR "cannot use generic type G[K comparable, V any] without instantiation" */
var g2 G /* ERROR "not enough type arguments for type G: have 1, want 2" */[int]
var g3 G /* ERROR "too many type arguments for type G: have 3, want 2" */[int, int, int]
var g4 G[[ /* ERROR "[]int does not satisfy comparable" */]int, int]
var g5 int /* ERROR "invalid operation: int[int] (int is not a generic type)" */[int]
var g6 G[undefined /* ERROR "undefined: undefined" */, int]
var g7 = G[int, int]{}

func (G /* ERROR "cannot use generic type G[K comparable, V any] without instantiation" */) m1() {}
func (G /* ERROR "receiver declares 1 type parameter, but receiver base type declares 2" */[K]) m2() {}
func (G[K, V]) m3() {}
func (G[int, V]) m4(x int) int { return x }

type Num[T Number] struct{ n T }

var n1 Num[int]
var n2 Num[string /* ERROR "string does not satisfy Number (string missing in ~int | ~float64)" */]
var n3 Num[MyInt]

func Sum[T Number](list ...T) (s T) { return }
func Map[A, B any](list []A, f func(A) B) []B { return nil }
func Key[M ~map[K]V, K comparable, V any](m M) (k []K) { return }
func New[T any]() *T { return nil }
func Eq[T comparable](x, y T) bool { return x == y }
func Strs[S interface{ String() string }](x S) {}

var _ = Sum( /* ERROR "string does not satisfy Number (string missing in ~int | ~float64)" */"a")
var _ = Sum(1, 2.5)
var _ = Sum(1, "a" /* ERROR "in call to Sum, mismatched types untyped int and untyped string (cannot infer T)" */)
var _ = Sum[string /* ERROR "string does not satisfy Number (string missing in ~int | ~float64)" */]()
var _ = New( /* ERROR "in call to New, cannot infer T (declared at p.go:52:10)" */)
var _ = Map([]int{}, func /* ERROR "in call to Map, type func(s string) string of func(s string) string {…} does not match inferred type func(int) B for func(A) B" */(s string) string { return s })
var _ = Map( /* ERROR "in call to Map, cannot infer B (declared at p.go:50:13)" */[]int{}, nil)
var _ = Key( /* ERROR "in call to Key, cannot infer K (declared at p.go:51:22)" */1)
var _ = Eq(1, "a" /* ERROR "in call to Eq, mismatched types untyped int and untyped string (cannot infer T)" */)
var _ = Eq( /* ERROR "[]int does not satisfy comparable" */[]int{}, []int{})
var _ = Eq[any](1, "a")
var _ = Sum[int, int /* ERROR "got 2 type arguments but want 1" */]
var _ = Map[ /* ERROR "cannot infer B (declared at p.go:50:13)" */int]
var _ func(int) = Strs /* ERROR "S (type int) does not satisfy interface{String() string} (missing method String)" */
var _ = New /* ERROR "cannot use generic function New without instantiation" */

func use() {
	Strs( /* ERROR "int does not satisfy interface{String() string} (missing method String)" */1)
	Strs[MyInt /* ERROR "MyInt does not satisfy interface{String() string} (missing method String)" */](1)
	var f func(int, int) bool = Eq
	f = Sum /* ERROR "type func(int, int) bool of f does not match func(list ...T) (s T) (cannot infer T)" */
	_ = f
	New /* ERROR "New[int] (value of type func() *int) is not used" */[int]
	type local[T any] struct{}
}

type Alias[T any] = []T

var al1 Alias /* ERROR "cannot use generic type Alias[T any] without instantiation" */
var al2 Alias /* ERROR "too many type arguments for type Alias: have 2, want 1" */[int, int]
var al3 Alias[string] = [ /* ERROR "cannot use []int{} (value of type []int) as Alias[string] value in variable declaration" */]int{}

type Stringer interface{ String() string }

var s1 Stringer = MyInt /* ERROR "cannot use MyInt(1) (constant 1 of int type MyInt) as Stringer value in variable declaration: MyInt does not implement Stringer (missing method String)" */(1)
var s2 Stringer = & /* ERROR "cannot use &v4 (value of type *any) as Stringer value in variable declaration: *any does not implement Stringer (type *any is pointer to interface, not interface)" */v4
var s3 Stringer = T1 /* ERROR "cannot use T1{} (value of struct type T1) as Stringer value in variable declaration: T1 does not implement Stringer (method String has pointer receiver)" */{}
var s4 Stringer = T2 /* ERROR "cannot use T2{} (value of struct type T2) as Stringer value in variable declaration: T2 does not implement Stringer (wrong type for method String)" */{}
var s5 Stringer = T3 /* ERROR "cannot use T3{} (value of struct type T3) as Stringer value in variable declaration: T3 does not implement Stringer (missing method String)" */{}
var s6 Stringer = T4 /* ERROR "cannot use T4{} (value of struct type T4) as Stringer value in variable declaration: T4 does not implement Stringer (T4.String is a field, not a method)" */{}
var s7 MyInt = s1 /* ERROR "cannot use s1 (variable of interface type Stringer) as MyInt value in variable declaration" */
var s8 *Stringer = &s1
var s9 = s8.String /* ERROR "s8.String undefined (type *Stringer is pointer to interface, not interface)" */()

type T1 struct{}

func (*T1) String() string { return "" }

type T2 struct{}

func (T2) String() int { return 0 }

type T3 struct{}

func (T3) string() string { return "" }

type T4 struct{ String string }

func rec[T any](n int) { rec[*T](n) }
