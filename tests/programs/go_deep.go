// Deep recursion in goroutines: their stacks grow, also while other goroutines run in between, and the stack of one
// that waits is intact afterwards.
package main

func depth(n int, p *int, c chan int) int {
	x := n
	if n == 0 {
		if c != nil {
			c <- *p
			<-c
		}
		return 0
	}
	q := &x
	r := depth(n-1, q, c)
	return r + *q - n + 1
}

func main() {
	done := make(chan int)
	for i := range 4 {
		go func() {
			c := make(chan int)
			go func() {
				v := <-c
				s := make([]int, 1000)
				s[v] = 1
				c <- 0
			}()
			n := 1
			n += depth(1000*(i+1), &n, c)
			done <- n
		}()
	}
	sum := 0
	for range 4 {
		sum += <-done
	}
	println(sum)
	for range 3 {
		go func() { done <- depth(5000, nil, nil) }()
	}
	println(<-done, <-done, <-done)
}
