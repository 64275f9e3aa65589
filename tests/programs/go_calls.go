// Go statements: functions, methods, interface methods, closures, method values, predeclared functions; arguments
// are evaluated at once; results are dropped.
package main

type T struct {
	n    int
	name string
	more [10]int
}

func (t T) value(c chan<- int, x int) int {
	c <- t.n + x + t.more[3]
	return 1
}

func (t *T) pointer(c chan<- int) { c <- t.n }

type I interface{ pointer(c chan<- int) }

func two(c chan<- int, s string, f float64, i64 int64, xs ...int) (int, string) {
	c <- len(s) + int(f) + int(i64) + len(xs)
	return 1, "x"
}

func generic[E any](c chan<- E, e E) { c <- e }

func done(c chan<- int) func() { return func() { c <- 99 } }

func main() {
	c := make(chan int)
	t := T{n: 5, more: [10]int{3: 100}}
	go t.value(c, 1)
	t.n = 6
	println(<-c)
	go (&t).pointer(c)
	t.n = 7
	println(<-c)
	var i I = &t
	go i.pointer(c)
	println(<-c)
	go two(c, "abc", 2.5, 1<<33|4, 1, 2, 3)
	println(<-c)
	go generic(c, 11)
	println(<-c)
	s := make(chan string)
	go generic(s, "generic")
	println(<-s)
	go done(c)()
	println(<-c)
	f := t.pointer
	go f(c)
	println(<-c)
	x := 1
	go func(y int) { c <- x + y }(x)
	x = 10
	println(<-c)
	go close(s)
	_, ok := <-s
	println(ok)
	d := make(chan bool)
	go func() {
		go println("printed", x, "by a goroutine")
		go func() { d <- true }()
	}()
	<-d
	for k := range 3 {
		go func() { c <- k }()
	}
	println(<-c + <-c + <-c)
}
