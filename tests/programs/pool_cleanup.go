// What a sync.Pool holds is gone after two collections, and while there is a collection at any allocation.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

type node struct {
	next *node
	n    int
}

var made int

var nodes = sync.Pool{New: func() any { made++; return &node{n: made} }}

func collect(times int) {
	for range times {
		runtime.GC()
	}
}

// churn makes garbage, so that collections begin wherever something is allocated.
func churn(p *sync.Pool) (sum int) {
	var kept [][]byte
	for i := range 20000 {
		b, _ := p.Get().(*[]byte)
		if b == nil {
			s := make([]byte, 0, 64)
			b = &s
		}
		*b = fmt.Appendf((*b)[:0], "%d", i)
		sum += len(*b)
		if i%500 == 0 {
			kept = append(kept, make([]byte, 10000))
		}
		p.Put(b)
		if i%7 == 0 {
			p.Put(&[]byte{})
		}
	}
	return sum + len(kept)
}

func main() {
	runtime.GOMAXPROCS(1)
	percent := debug.SetGCPercent(-1)
	var p sync.Pool
	fmt.Println(p.Get())
	for i := range 5 {
		p.Put(i)
	}
	collect(2)
	fmt.Println(p.Get())

	n := nodes.Get().(*node)
	n.next = &node{n: 7}
	nodes.Put(n)
	n = nil
	collect(2)
	fmt.Println(nodes.Get().(*node).n, made)

	// What only a pool held dies.
	dead := make(chan bool, 1)
	func() {
		v := new([4]int)
		runtime.AddCleanup(v, func(ch chan bool) { ch <- true }, dead)
		p.Put(v)
	}()
	collect(3)
	fmt.Println(<-dead)

	debug.SetGCPercent(percent)
	var q sync.Pool
	fmt.Println(churn(&q))
}
