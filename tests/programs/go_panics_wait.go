// Goroutines that panic, whose deferred calls wait for each other: what a panic calls may be suspended and resumed as
// any other call, whatever other panics wait above or below it.
package main

import "sync"

// A log is what one goroutine has to say, since the order of goroutines is open.
type log []string

func (l *log) add(s string) { *l = append(*l, s) }

func show(name string, l *log) {
	for _, s := range *l {
		println(name, s)
	}
}

// turns sends and receives between the deferred calls of two panics.
func turns() {
	a, b := make(chan string), make(chan string)
	var first, second log
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		defer func() { first.add(recover().(string)) }()
		defer func() {
			for _, s := range []string{"x", "y", "z"} {
				a <- s
				first.add(<-b)
			}
		}()
		panic("in first")
	}()
	go func() {
		defer wg.Done()
		defer func() { second.add(recover().(string)) }()
		defer func() {
			for range 3 {
				s := <-a
				second.add(s)
				b <- s + s
			}
		}()
		panic("in second")
	}()
	wg.Wait()
	show("first", &first)
	show("second", &second)
}

// inner has panics in the deferred calls of others.
func inner() {
	c, done := make(chan string), make(chan bool)
	work := func(l *log, first bool) {
		defer func() { done <- true }()
		defer func() { l.add(recover().(string)) }()
		defer func() {
			defer func() { l.add(recover().(string)) }()
			defer func() {
				if first {
					c <- "one"
					l.add(<-c)
				} else {
					l.add(<-c)
					c <- "two"
				}
			}()
			if first {
				c <- "three"
			} else {
				l.add(<-c)
			}
			panic("inner")
		}()
		panic("outer")
	}
	var p, q log
	go work(&p, true)
	go work(&q, false)
	<-done
	<-done
	show("p", &p)
	show("q", &q)
}

// further has panics that are recovered further out than the call that waited.
func further() {
	c, done := make(chan string), make(chan bool)
	var logs [2]log
	for n := range logs {
		l := &logs[n]
		go func() {
			defer func() { done <- true }()
			func() {
				defer func() { l.add(recover().(string)) }()
				func() {
					defer func() {
						if n == 0 {
							c <- "go"
							l.add(<-c)
						} else {
							l.add(<-c)
							c <- "come"
						}
						panic("second")
					}()
					panic("first")
				}()
				l.add("not reached")
			}()
			l.add("reached")
		}()
	}
	<-done
	<-done
	show("0", &logs[0])
	show("1", &logs[1])
}

// row has many panics, each waiting for the one before, twice; and memory to collect.
func row() {
	const n = 20
	var links [n + 1]chan int
	for i := range links {
		links[i] = make(chan int)
	}
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { recover() }()
			defer func() {
				x := new(int)
				*x = <-links[i]
				many := make([]*int, 100)
				for j := range many {
					many[j] = x
				}
				links[i+1] <- *many[99] + 1
				*x = <-links[i]
				links[i+1] <- *many[0] + 1
			}()
			panic(i)
		}()
	}
	links[0] <- 0
	println(<-links[n])
	links[0] <- 100
	println(<-links[n])
	wg.Wait()
}

// nobody recovers here: the message comes when the deferred calls are done.
func nobody() {
	c := make(chan int)
	go func() {
		defer func() { recover() }()
		defer func() {
			c <- 1
			c <- 2
		}()
		panic("recovered")
	}()
	defer func() { println(<-c, <-c) }()
	panic("not recovered")
}

func main() {
	turns()
	inner()
	further()
	row()
	nobody()
}
