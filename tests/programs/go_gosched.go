// Gosched, NumGoroutine, and a worker pool.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func main() {
	fmt.Println(runtime.NumGoroutine())
	n := 0
	for range 5 {
		go func() { n++ }()
	}
	fmt.Println(runtime.NumGoroutine())
	for n < 5 {
		runtime.Gosched()
	}
	fmt.Println(n)
	jobs, results := make(chan int, 10), make(chan int, 10)
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				runtime.Gosched()
				results <- j * j
			}
		}()
	}
	go func() {
		for i := range 100 {
			jobs <- i
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()
	sum := 0
	for r := range results {
		sum += r
	}
	fmt.Println(sum)
}
