package p

type Number interface{ ~int | ~float64 }

func Sum[T Number](list ...T) (sum T) {
	for _, x := range list {
		sum += x
	}
	return sum
}

func Map[S ~[]E, E, R any](s S, f func(E) R) []R { return nil }

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p *Pair[K, V]) Get() V { return p.Val }

func id[T any](x T) T { return x }

var (
	_ = Sum(1, 2)
	_ = Sum(1, 2.5)
	_ = Sum( /* ERROR "string does not satisfy Number (string missing in ~int | ~float64)" */ "a")
	_ = Sum( /* ERROR "in call to Sum, cannot infer T" */ )
	_ = Map([]int{}, func(int) string { return "" })
	_ Pair[[ /* ERROR "[]int does not satisfy comparable" */ ]int, int]
	_               = Pair /* ERROR "cannot use generic type Pair[K comparable, V any] without instantiation" */ {}
	_               = id /* ERROR "cannot use generic function id without instantiation" */
	_ func(int) int = id
	_               = id[int, string /* ERROR "got 2 type arguments but want 1" */ ](1)
)

func compare[T any](x, y T) bool {
	return x /* ERROR "invalid operation: x == y (incomparable types in type set)" */ == y
}

func convert[T Number](x T) string {
	return string(x /* ERROR "cannot convert x (variable of type T constrained by Number) to type string: cannot convert float64 (in T) to type string" */ )
}
