// iter.Pull: sequences as coroutines.
package main

import "iter"

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer println("count ends")
		for i := range n {
			if !yield(i) {
				println("stopped at", i)
				return
			}
		}
	}
}

type tree struct {
	left, right *tree
	v           string
}

func (t *tree) all(yield func(int, string) bool, depth int) bool {
	return t == nil || t.left.all(yield, depth+1) && yield(depth, t.v) && t.right.all(yield, depth+1)
}

func main() {
	next, stop := iter.Pull(count(3))
	for {
		v, ok := next()
		if !ok {
			break
		}
		println(v)
	}
	stop()
	next, stop = iter.Pull(count(10))
	println(next())
	println(next())
	stop()
	println(next())

	t := &tree{&tree{nil, nil, "a"}, &tree{&tree{nil, nil, "c"}, nil, "d"}, "b"}
	seq := func(yield func(int, string) bool) { t.all(yield, 0) }
	n2, s2 := iter.Pull2(seq)
	defer s2()
	for {
		d, v, ok := n2()
		if !ok {
			break
		}
		println(d, v)
	}

	next, stop = iter.Pull(func(yield func(int) bool) {
		yield(1)
		panic("in the sequence")
	})
	println(next())
	func() {
		defer func() { println(recover().(string)) }()
		next()
	}()
	stop()
}
