// Values of all kinds live across suspended calls, in loops, through several frames and with several results.
package main

type pair struct {
	a int64
	b string
}

func wait(c chan int) int { return <-c }

func many(c chan int, x int64, f float64, s string) (int64, float64, string, int, *pair) {
	n := wait(c)
	p := &pair{x, s}
	n += wait(c)
	return x + int64(n), f * 2, s + "!", n, p
}

func deep(c chan int, n int, s []string) []string {
	if n == 0 {
		s = append(s, "bottom")
		wait(c)
		return s
	}
	before := n * 3
	s = deep(c, n-1, append(s, "x"))
	wait(c)
	if before != n*3 {
		println("lost", before, n)
	}
	return append(s, "y")
}

func loop(c chan int, out chan string) {
	sum, prod := 0, int64(1)
	f := float32(0.5)
	var list []*int
	for i := range 5 {
		for j := 0; j < 3; j++ {
			v := <-c
			sum += v
			prod = prod*3 + int64(v)
			f *= 1.5
			if j == 1 && v%2 == 0 {
				continue
			}
			list = append(list, &v)
		}
		if i == 3 {
			break
		}
	}
	println(sum, prod, f, len(list), *list[len(list)-1])
	out <- "loop done"
}

func swap(c chan int) {
	a, b := 1, 2
	for range 3 {
		a, b = b, a+<-c
	}
	println(a, b)
	c <- 0
}

type writer interface {
	write(s string) (n int, ok bool)
}

type chanWriter struct{ c chan string }

func (w chanWriter) write(s string) (int, bool) {
	w.c <- s
	return len(s), true
}

func main() {
	c := make(chan int)
	go func() {
		for i := 0; ; i++ {
			c <- i
		}
	}()
	x, f, s, n, p := many(c, 1<<40, 1.25, "str")
	println(x, f, s, n, p.a, p.b)
	println(len(deep(c, 50, nil)))
	out := make(chan string)
	go loop(c, out)
	println(<-out)
	d := make(chan int)
	go swap(d)
	d <- 5
	d <- 6
	d <- 7
	<-d
	sc := make(chan string)
	var w writer = chanWriter{sc}
	go func() {
		total := 0
		for _, s := range []string{"a", "bc", "def"} {
			n, ok := w.write(s)
			if ok {
				total += n
			}
		}
		println("total", total)
		close(sc)
	}()
	for s := range sc {
		println(s)
	}
	var arr [4]int
	ch := make(chan int)
	go func() {
		for i := range arr {
			arr[i] = <-ch * 2
		}
		ch <- arr[0] + arr[1] + arr[2] + arr[3]
	}()
	for i := range 4 {
		ch <- i
	}
	println(<-ch)
}
