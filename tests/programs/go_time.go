// Timers: Sleep, After, NewTimer with Stop and Reset, AfterFunc, Ticker, select with a timeout, contexts.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const ms = time.Millisecond

func main() {
	start := time.Now()
	time.Sleep(20 * ms)
	fmt.Println(time.Since(start) >= 20*ms)

	c := make(chan string)
	go func() {
		time.Sleep(60 * ms)
		c <- "slow"
	}()
	go func() {
		time.Sleep(20 * ms)
		c <- "fast"
	}()
	fmt.Println(<-c)
	select {
	case s := <-c:
		fmt.Println(s)
	case <-time.After(2 * time.Second):
		fmt.Println("timeout")
	}
	select {
	case s := <-c:
		fmt.Println(s)
	case <-time.After(10 * ms):
		fmt.Println("timeout")
	}

	t := time.NewTimer(time.Hour)
	fmt.Println(t.Stop(), t.Stop())
	fmt.Println(t.Reset(10 * ms))
	<-t.C
	fmt.Println(t.Stop(), len(t.C), cap(t.C))
	t.Reset(1)
	time.Sleep(5 * ms)
	fmt.Println(t.Reset(time.Hour), len(t.C))
	select {
	case <-t.C:
		fmt.Println("stale value")
	default:
		fmt.Println("no stale value")
	}

	done := make(chan bool)
	a := time.AfterFunc(10*ms, func() { done <- true })
	<-done
	fmt.Println(a.Stop())
	b := time.AfterFunc(time.Hour, func() { fmt.Println("never") })
	fmt.Println(b.Stop())

	tick := time.NewTicker(5 * ms)
	for range 3 {
		<-tick.C
	}
	tick.Reset(3 * ms)
	<-tick.C
	tick.Stop()
	fmt.Println("ticked")

	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-ctx.Done()
		c <- ctx.Err().Error()
	}()
	cancel()
	fmt.Println(<-c)
	ctx, cancel = context.WithTimeout(context.WithValue(context.Background(), "k", "v"), 10*ms)
	defer cancel()
	child, cancelChild := context.WithCancelCause(ctx)
	defer cancelChild(nil)
	<-child.Done()
	fmt.Println(child.Err(), errors.Is(context.Cause(child), context.DeadlineExceeded), child.Value("k"))
	stop := context.AfterFunc(ctx, func() { c <- "after" })
	fmt.Println(<-c, stop())
}
