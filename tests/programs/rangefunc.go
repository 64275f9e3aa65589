// Range over functions: every way to leave the body, nested, with and without iteration variables (For statements
// with range clause).
package main

import (
	"iter"
	"maps"
	"slices"
)

func none(yield func() bool) {
	for i := 0; i < 3; i++ {
		if !yield() {
			println("stopped at", i)
			return
		}
	}
	println("none done")
}

func upto(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < n; i++ {
			if !yield(i) {
				println("upto stopped at", i)
				return
			}
		}
	}
}

func pairs(words ...string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, w := range words {
			if !yield(i, w) {
				return
			}
		}
	}
}

type big struct {
	a [20]int
}

func bigs(yield func(big, [3]string) bool) {
	var b big
	for i := range 3 {
		b.a[i] = i + 1
		if !yield(b, [3]string{"x", "y", "z"}) {
			return
		}
	}
}

func find(n int) int {
	for i := range upto(10) {
		if i == n {
			return i * 100
		}
	}
	return -1
}

func findNamed(n int) (found int, word string) {
	word = "none"
	for i := range upto(5) {
		for j, w := range pairs("a", "b", "c") {
			if i*j == n {
				return i, w
			}
			if i == 3 {
				found = 33
				return
			}
		}
	}
	return
}

func findBig(n int) (big, error) {
	for b, s := range bigs {
		if b.a[n] != 0 {
			b.a[19] = len(s[0])
			return b, nil
		}
	}
	return big{}, nil
}

func nested() int {
	count := 0
outer:
	for i := range upto(4) {
	middle:
		for j := range 4 {
			for k := range upto(4) {
				switch {
				case k == 1 && j == 0:
					continue
				case k == 2 && j == 1:
					break
				case k == 3 && j == 2:
					continue middle
				case i == 1:
					continue outer
				case i == 3:
					break outer
				}
				count++
			}
		}
	}
	return count
}

func jumps() {
	n := 0
again:
	for i := range upto(5) {
		n++
		if i == 1 && n < 5 {
			goto again
		}
		if i == 3 {
			goto end
		}
		for j := 0; ; j++ {
			if j == 2 {
				goto next
			}
		}
	next:
	}
end:
	println("jumps", n)
}

func generic[T any, S ~func(func(T) bool)](s S) (all []T) {
	for x := range s {
		all = append(all, x)
	}
	return all
}

type list struct {
	value int
	next  *list
}

func (l *list) all(yield func(int) bool) {
	for ; l != nil; l = l.next {
		if !yield(l.value) {
			return
		}
	}
}

type tree struct {
	left, right *tree
	value       int
}

func (t *tree) walk(yield func(int) bool) bool {
	return t == nil || t.left.walk(yield) && yield(t.value) && t.right.walk(yield)
}

func (t *tree) each(yield func(int) bool) { t.walk(yield) }

func main() {
	for range none {
		println("body")
	}
	n := 0
	for range none {
		n++
		if n == 2 {
			break
		}
	}
	println(n, find(4), find(20))
	sum := 0
	for i := range upto(5) {
		if i == 3 {
			continue
		}
		sum += i
	}
	println(sum)
	var i int
	var w string
	for i, w = range pairs("p", "q", "r") {
		if w == "q" {
			break
		}
	}
	println(i, w)
	for _, w := range pairs("only") {
		println(w)
	}
	f, word := findNamed(4)
	println(f, word)
	f, word = findNamed(100)
	println(f, word)
	b, err := findBig(1)
	println(b.a[0], b.a[1], b.a[2], b.a[19], err == nil)
	println(nested())
	jumps()
	println(len(generic[int](upto(6))))
	l := &list{1, &list{2, &list{3, nil}}}
	for v := range l.all {
		println(v)
	}
	t := &tree{&tree{nil, nil, 1}, &tree{&tree{nil, nil, 3}, nil, 4}, 2}
	for v := range t.each {
		if v == 4 {
			break
		}
		println(v)
	}
	var funcs []func() int
	for i := range upto(3) {
		funcs = append(funcs, func() int { i++; return i * 10 })
	}
	for _, f := range funcs {
		println(f(), f())
	}
	keys := slices.Sorted(maps.Keys(map[string]int{"z": 1, "a": 2, "m": 3}))
	println(len(keys), keys[0], keys[1], keys[2])
	for i, v := range slices.Backward(keys) {
		println(i, v)
	}
	total := 0
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		for v := range slices.Values(c) {
			total = total*10 + v
		}
	}
	println(total)
	func() {
		for i := range upto(3) {
			if i == 1 {
				return
			}
		}
	}()
}
