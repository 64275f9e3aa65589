package main

import "sync"

type list struct {
	next *list
	c    chan int
}

// wait waits at the end of a list.
func (l *list) wait(n int) int {
	if l.next != nil {
		return l.next.wait(n+1) + 1
	}
	return <-l.c + n
}

func send[T any](wg *sync.WaitGroup, c chan T, x T) {
	defer wg.Done()
	c <- x
	c <- x
}

func start(wg *sync.WaitGroup, c chan string) {
	go send(wg, c, "x")
}

func main() {
	var wg sync.WaitGroup
	wg.Add(2)
	c := make(chan string)
	start(&wg, c)
	go func() {
		l := &list{c: make(chan int)}
		println((&list{next: &list{next: l}}).wait(0))
		wg.Done()
	}()
	<-c
	go func() {
		defer func() {
			recover()
			select {}
		}()
		var m map[int]int
		m[1] = 2
	}()
	wg.Wait()
}
