// Package testing/synctest: goroutines in a bubble see a clock that goes on when all of them wait.
package main

import (
	"context"
	"fmt"
	"iter"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func clock(t *testing.T) {
	start := time.Now()
	fmt.Println(start.UTC())
	tick := time.NewTicker(time.Hour)
	stop := time.After(150 * time.Minute)
	for n := 0; ; n++ {
		select {
		case at := <-tick.C:
			fmt.Println("tick", at.Sub(start))
			continue
		case <-stop:
			fmt.Println("stop", time.Since(start))
		}
		break
	}
	tick.Stop()
	time.AfterFunc(time.Second, func() {
		go func() {
			time.Sleep(time.Second)
			fmt.Println("after", time.Since(start))
		}()
	})
	time.Sleep(3 * time.Second)
	fmt.Println("slept", time.Since(start))
}

func waits(t *testing.T) {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	var wg sync.WaitGroup
	ready := 0
	for range 3 {
		wg.Go(func() {
			mu.Lock()
			ready++
			cond.Wait()
			mu.Unlock()
		})
	}
	synctest.Wait()
	fmt.Println("waiting", ready)
	cond.Broadcast()
	wg.Wait()

	ch := make(chan int)
	go func() {
		for v := range ch {
			fmt.Println("got", v)
		}
	}()
	for i := range 3 {
		ch <- i
		synctest.Wait()
		fmt.Println("sent", i)
	}
	close(ch)

	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	time.Sleep(5*time.Second - time.Nanosecond)
	synctest.Wait()
	fmt.Println(ctx.Err())
	time.Sleep(time.Nanosecond)
	synctest.Wait()
	fmt.Println(ctx.Err())
}

func iterators(t *testing.T) {
	seq := func(yield func(time.Duration) bool) {
		start := time.Now()
		for yield(time.Since(start)) {
			time.Sleep(time.Minute)
		}
	}
	next, stop := iter.Pull(seq)
	for range 3 {
		fmt.Println(next())
	}
	stop()
}

func deadlocks(t *testing.T) {
	defer func() { fmt.Println("recovered:", recover()) }()
	synctest.Test(t, func(t *testing.T) {
		ch := make(chan int)
		go func() { <-ch }()
	})
}

func twice(t *testing.T) {
	defer func() { fmt.Println("recovered:", recover()) }()
	synctest.Test(t, func(*testing.T) {})
}

func main() {
	in := func(f func(*testing.T)) func(*testing.T) {
		return func(t *testing.T) { synctest.Test(t, f) }
	}
	match := func(pat, str string) (bool, error) { return true, nil }
	testing.Main(match, []testing.InternalTest{
		{Name: "clock", F: in(clock)},
		{Name: "waits", F: in(waits)},
		{Name: "iterators", F: in(iterators)},
		{Name: "deadlocks", F: deadlocks},
		{Name: "twice", F: in(twice)},
	}, nil, nil)
}
