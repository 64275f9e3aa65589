// A goroutine that calls itself without end is reported, and the report needs no stack of its own.
package main

import "fmt"

type list struct {
	next  *list
	value any
}

func (l *list) length(seen []*list) int {
	if l == nil {
		fmt.Println(seen)
		return 0
	}
	return 1 + l.next.length(append(seen[:0], l))
}

func main() {
	l := new(list)
	l.next = l
	done := make(chan int)
	go func() { done <- l.length(make([]*list, 1)) }()
	fmt.Println(<-done)
}
