// Select statements that wait: several senders and receivers, nil channels switched off and on, closing.
package main

func producer(id, n int, c chan<- int, quit chan<- int) {
	for i := range n {
		c <- id*100 + i
	}
	quit <- id
}

func fib(c chan<- int, quit <-chan bool) {
	x, y := 0, 1
	for {
		select {
		case c <- x:
			x, y = y, x+y
		case <-quit:
			println("quit")
			return
		}
	}
}

func merge(a, b <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defers := 0
		for a != nil || b != nil {
			select {
			case v, ok := <-a:
				if !ok {
					a = nil
					defers++
					continue
				}
				out <- v
			case v, ok := <-b:
				if !ok {
					b = nil
					defers++
					continue
				}
				out <- v
			}
		}
		println("merged", defers)
		close(out)
	}()
	return out
}

func main() {
	a, b := make(chan int), make(chan int)
	quit := make(chan int)
	go producer(1, 5, a, quit)
	go producer(2, 7, b, quit)
	sum, finished := 0, 0
	for finished < 2 {
		select {
		case v := <-a:
			sum += v
		case v := <-b:
			sum += v
		case <-quit:
			finished++
		}
	}
	println(sum)

	c, stop := make(chan int), make(chan bool)
	go func() {
		for range 10 {
			println(<-c)
		}
		stop <- true
	}()
	fib(c, stop)

	x, y := make(chan int), make(chan int)
	go func() {
		for i := range 3 {
			x <- i
		}
		close(x)
	}()
	go func() {
		for i := range 4 {
			y <- i * 10
		}
		close(y)
	}()
	total := 0
	for v := range merge(x, y) {
		total += v
	}
	println(total)

	// One goroutine on both sides of one channel.
	z := make(chan int)
	done := make(chan int)
	for i := range 2 {
		go func() {
			select {
			case z <- i:
				done <- 1
			case <-z:
				done <- 2
			}
		}()
	}
	println(<-done + <-done)
outer:
	for {
		select {
		case <-done:
		default:
			break outer
		}
	}
	println("end")
}
