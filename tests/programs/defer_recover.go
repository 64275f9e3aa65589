// `defer recover()` recovers where the function that a panic calls returns normally, and not where a panic runs it.
package main

func must(x any) { println("recovered", recover() == x) }

func mustNot() { println("nothing left", recover() == nil) }

func returns() {
	defer mustNot()
	defer func() {
		defer recover()
	}()
	panic(5)
}

func after() {
	defer mustNot()
	defer func() {
		defer recover()
		defer must(3)
		panic(3)
	}()
	panic(2)
}

func before() {
	defer must(2)
	defer func() {
		defer must(3)
		defer recover()
		panic(3)
	}()
	panic(2)
}

func direct() {
	defer must(1)
	defer recover()
	panic(1)
}

func main() {
	returns()
	after()
	before()
	direct()
}
