// Goroutines that hand values to each other: ping-pong, and a chain of stages.
//
//bench:allocates
package main

func main() {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for v := range ping {
			pong <- v + 1
		}
		close(pong)
	}()
	v := 0
	for i := 0; i < 200000; i++ {
		ping <- v
		v = <-pong
	}
	close(ping)

	stage := func(in <-chan int) <-chan int {
		out := make(chan int, 8)
		go func() {
			for v := range in {
				out <- v + 1
			}
			close(out)
		}()
		return out
	}
	source := make(chan int)
	end := (<-chan int)(source)
	for i := 0; i < 20; i++ {
		end = stage(end)
	}
	go func() {
		for i := 0; i < 5000; i++ {
			source <- i
		}
		close(source)
	}()
	sum := 0
	for v := range end {
		sum += v
	}
	println(v, sum)
}
