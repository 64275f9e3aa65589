// Buffered channels without other goroutines: len, cap, order, close, receive from a closed channel, select with a
// default case.
package main

type point struct {
	x, y int
	s    string
}

func main() {
	c := make(chan int, 3)
	println(len(c), cap(c))
	c <- 1
	c <- 2
	c <- 3
	println(len(c), cap(c))
	println(<-c, <-c)
	c <- 4
	close(c)
	for v := range c {
		println(v)
	}
	v, ok := <-c
	println(v, ok)

	p := make(chan point, 2)
	p <- point{1, 2, "a"}
	p <- point{3, 4, "b"}
	q := <-p
	println(q.x, q.y, q.s)
	q, ok = <-p
	println(q.x, q.y, q.s, ok)

	big := make(chan [20]int64, 1)
	var a [20]int64
	a[19] = 7
	big <- a
	a[19] = 8
	b := <-big
	println(b[19])

	e := make(chan struct{}, 10)
	e <- struct{}{}
	println(len(e))
	<-e
	println(len(e))

	i := make(chan any, 2)
	i <- 5
	i <- "five"
	n := (<-i).(int)
	s := (<-i).(string)
	println(n, s)

	var none chan int
	println(len(none), cap(none), none == nil)
	select {
	case none <- 1:
		println("sent to nil")
	case v := <-none:
		println("received from nil", v)
	default:
		println("default")
	}
	d := make(chan int8, 1)
	for k := range 4 {
		select {
		case d <- int8(k):
			println("sent", k)
		case v := <-d:
			println("received", v)
		}
	}
	var r <-chan int8 = d
	var w chan<- int8 = d
	w <- -3
	select {
	case v, ok := <-r:
		println(v, ok)
	default:
		println("empty")
	}
	var arr [3]int
	idx := 0
	next := func() int { idx++; return idx - 1 }
	ints := make(chan int, 3)
	ints <- 10
	ints <- 20
	select {
	case arr[next()] = <-ints:
	}
	select {
	case arr[next()], ok = <-ints:
	default:
	}
	println(arr[0], arr[1], ok, idx)
}
