package p

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(x T) { s.items = append(s.items, x) }

func (s *Stack[T]) Each(yield func(int, T) bool) {
	for i, x := range s.items {
		if !yield(i, x) {
			return
		}
	}
}

func Map[A, B any](list []A, f func(A) B) []B { return nil }

func id[T any](x T) T { return x }

type Stringer interface{ String() string }

func join[S Stringer](s S) string { return s.String() }

func use() {
	var s Stack[int]
	s.Push(1)
	for i, x := range s.Each {
		_, _ = i, x
	}
	_ = Map([]int{1}, id)
	_ = Map[int, string](nil, nil)
}
