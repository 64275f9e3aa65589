// Generic functions and types, constraints, inference, methods, instances with several types.
package main

type number interface {
	~int | ~int8 | ~int64 | ~float64
}

func sum[T number](vs ...T) (t T) {
	for _, v := range vs {
		t += v
	}
	return
}

func mapTo[T, U any](s []T, f func(T) U) []U {
	r := make([]U, 0, len(s))
	for _, v := range s {
		r = append(r, f(v))
	}
	return r
}

func filter[S ~[]E, E any](s S, keep func(E) bool) S {
	var r S
	for _, v := range s {
		if keep(v) {
			r = append(r, v)
		}
	}
	return r
}

func fold[T, A any](s []T, a A, f func(A, T) A) A {
	for _, v := range s {
		a = f(a, v)
	}
	return a
}

type stack[T any] struct{ items []T }

func (s *stack[T]) push(v T) { s.items = append(s.items, v) }
func (s *stack[T]) pop() (v T, ok bool) {
	if len(s.items) == 0 {
		return v, false
	}
	v = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v, true
}

type tree[K any] struct {
	root *treeNode[K]
	less func(a, b K) bool
}

type treeNode[K any] struct {
	key         K
	left, right *treeNode[K]
}

func (t *tree[K]) insert(k K) {
	at := &t.root
	for *at != nil {
		if t.less(k, (*at).key) {
			at = &(*at).left
		} else {
			at = &(*at).right
		}
	}
	*at = &treeNode[K]{key: k}
}

func (n *treeNode[K]) each(f func(K)) {
	if n != nil {
		n.left.each(f)
		f(n.key)
		n.right.each(f)
	}
}

type pair[A, B any] struct {
	first  A
	second B
}

func swap[A, B any](p pair[A, B]) pair[B, A] { return pair[B, A]{p.second, p.first} }

type shower interface{ show() string }

type name string

func (n name) show() string { return "<" + string(n) + ">" }

func showAll[T shower](vs []T) (s string) {
	for _, v := range vs {
		s += v.show()
	}
	return
}

type setter[T any] interface {
	*T
	set(string)
}

type field struct{ v string }

func (f *field) set(s string) { f.v = s }

func build[T any, P setter[T]](s string) T {
	var t T
	P(&t).set(s)
	return t
}

type celsius float64

func index[T comparable](s []T, v T) int {
	for i, x := range s {
		if x == v {
			return i
		}
	}
	return -1
}

func zero[T any]() (z T) { return }

type list[T any] struct {
	next *list[T]
	val  T
}

func kind[T any](v T) string {
	switch any(v).(type) {
	case int:
		return "int"
	case string:
		return "string"
	case []T:
		return "slice"
	}
	return "other"
}

func main() {
	println(sum(1, 2, 3), sum(1.5, 2.5), sum[int8](100, 27, 1), sum(celsius(1), 2.5))
	strs := mapTo([]int{1, 2, 3}, func(i int) string { return string(rune('a' + i)) })
	for _, s := range strs {
		print(s, " ")
	}
	println(len(strs))
	even := filter([]int{1, 2, 3, 4}, func(i int) bool { return i%2 == 0 })
	println(len(even), even[0], even[1], fold(even, "x", func(a string, v int) string { return a + string(rune('0'+v)) }))
	var st stack[string]
	st.push("a")
	st.push("b")
	v, ok := st.pop()
	println(v, ok)
	v, ok = st.pop()
	v, ok = st.pop()
	println(v == "", ok)
	t := tree[int]{less: func(a, b int) bool { return a < b }}
	for _, k := range []int{5, 1, 9, 3} {
		t.insert(k)
	}
	t.root.each(func(k int) { print(k, " ") })
	println()
	p := swap(pair[int, string]{1, "one"})
	println(p.first, p.second, p == pair[string, int]{"one", 1})
	println(showAll([]name{"a", "b"}), build[field]("x").v)
	println(index([]string{"a", "b"}, "b"), index([]float64{1, 2}, 3), index([]any{1, "x"}, any("x")))
	println(zero[int](), zero[string]() == "", zero[*int]() == nil, zero[[2]int]() == [2]int{})
	var l *list[int]
	for i := range 3 {
		l = &list[int]{l, i}
	}
	for ; l != nil; l = l.next {
		print(l.val, " ")
	}
	println()
	println(kind(1), kind("a"), kind(1.5), kind([]int{}))
	f := sum[float64]
	println(f(1, 2), min(3, 1, 2), max("a", "b"))
}
