// A defer statement in the body of a range statement over a function defers to the end of the function around it;
// recover in such a body sees no panic, as in any function that the deferred one calls.
package main

import "iter"

func seq(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer println("seq ends", n)
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func simple() {
	defer println("first")
	for i := range seq(3) {
		defer println("body", i)
		for j := range seq(2) {
			defer func() { println("inner", i, j) }()
		}
	}
	defer println("last")
	println("simple ends")
}

func result() (n int) {
	for i := range seq(5) {
		defer func() { n += i }()
		if i == 3 {
			return 100
		}
	}
	return 1
}

func unnamed() (int, string) {
	for i := range seq(2) {
		defer println("unnamed", i)
		return i + 7, "x"
	}
	return 0, ""
}

func recovers() (n int) {
	for i := range seq(3) {
		defer func() {
			if e := recover(); e != nil {
				println("recovered", e.(string), i)
				n = 10 + i
			}
		}()
		if i == 1 {
			panic("in body")
		}
	}
	return 1
}

func inBody() {
	defer func() {
		for i := range seq(1) {
			println("body recovers", recover() != nil, i)
		}
		println("around it", recover().(string))
	}()
	panic("for the body")
}

func nested() {
	defer func() { println("nested", recover().(string)) }()
	for i := range seq(2) {
		defer func() {
			println("replaces", recover().(string), i)
			panic("second")
		}()
	}
	panic("first")
}

func main() {
	simple()
	println(result())
	println(unnamed())
	println(recovers())
	inBody()
	nested()
}
