// Generic code is made concrete: one function for each list of type arguments.
//
// show: main.max[int] main.max[string] main.(*list[int]).push
// call: main.both = 13
package main

type ordered interface{ ~int | ~string }

func max[T ordered](a, b T) T {
	if a > b {
		return a
	}
	return b
}

type list[T any] struct {
	items []T
}

func (l *list[T]) push(x T) { l.items = append(l.items, x) }

func (l *list[T]) each(f func(T)) {
	for _, x := range l.items {
		f(x)
	}
}

func both() int {
	var l list[int]
	l.push(max(3, 4))
	l.push(len(max("a", "b")))
	sum := 0
	l.each(func(n int) { sum += n })
	return sum + 8
}

func main() {
	_ = both
}
