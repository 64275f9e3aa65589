// Package sync: mutexes, reader-writer locks, wait groups, Once, Cond, Pool, Map, OnceFunc.
package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

type counter struct {
	mu sync.Mutex
	n  map[string]int
}

func (c *counter) inc(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n[k]++
}

func main() {
	c := counter{n: map[string]int{}}
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 20 {
				if i%2 == 0 {
					c.inc("even")
				} else {
					c.inc("odd")
				}
			}
		}()
	}
	wg.Wait()
	println(c.n["even"], c.n["odd"])

	// A lock that is held while its holder waits.
	var mu sync.Mutex
	step := make(chan int)
	order := ""
	mu.Lock()
	for _, s := range []string{"a", "b", "c"} {
		wg.Go(func() {
			mu.Lock()
			order += s
			mu.Unlock()
		})
	}
	go func() { step <- 1 }()
	<-step
	println(mu.TryLock(), order)
	mu.Unlock()
	wg.Wait()
	println(len(order))

	var rw sync.RWMutex
	var readers, maxReaders atomic.Int32
	gate := make(chan int)
	for range 4 {
		wg.Go(func() {
			rw.RLock()
			n := readers.Add(1)
			for {
				m := maxReaders.Load()
				if n <= m || maxReaders.CompareAndSwap(m, n) {
					break
				}
			}
			<-gate
			readers.Add(-1)
			rw.RUnlock()
		})
	}
	for readers.Load() < 4 {
		runtime.Gosched()
	}
	for range 4 {
		gate <- 1
	}
	rw.Lock()
	println(readers.Load(), maxReaders.Load())
	rw.Unlock()
	wg.Wait()

	var once sync.Once
	for range 3 {
		once.Do(func() { println("once") })
	}
	f := sync.OnceValue(func() int { println("computed"); return 7 })
	println(f(), f())

	var m sync.Mutex
	cond := sync.NewCond(&m)
	ready, woken := 0, 0
	for range 5 {
		wg.Go(func() {
			m.Lock()
			ready++
			cond.Wait()
			woken++
			m.Unlock()
		})
	}
	for {
		m.Lock()
		if ready == 5 {
			m.Unlock()
			break
		}
		m.Unlock()
		done := make(chan int)
		go func() { done <- 0 }()
		<-done
	}
	m.Lock()
	cond.Signal()
	m.Unlock()
	for n := 0; n != 1; {
		m.Lock()
		n = woken
		m.Unlock()
		done := make(chan int)
		go func() { done <- 0 }()
		<-done
	}
	m.Lock()
	cond.Broadcast()
	m.Unlock()
	wg.Wait()
	println(ready, woken)

	p := sync.Pool{New: func() any { return new(int) }}
	x := p.Get().(*int)
	*x = 5
	p.Put(x)
	_ = p.Get().(*int)

	var sm sync.Map
	for i := range 10 {
		sm.Store(i, i*i)
	}
	v, ok := sm.Load(7)
	println(v.(int), ok)
	_, loaded := sm.LoadOrStore(3, 0)
	println(loaded)
	sm.Delete(3)
	n := 0
	sm.Range(func(k, v any) bool { n += v.(int); return true })
	println(n)
}
