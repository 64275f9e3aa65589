// Collections while goroutines wait: what their frames refer to stays.
package main

type node struct {
	next *node
	data [8]int
}

func build(n int) *node {
	var list *node
	for i := range n {
		list = &node{next: list}
		list.data[3] = i
	}
	return list
}

func count(list *node) (n int) {
	for ; list != nil; list = list.next {
		n += list.data[3]
	}
	return n
}

func worker(c chan int, done chan int, id int) {
	mine := build(100 + id)
	inner := &mine.next.data
	sum := 0
	for v := range c {
		sum += v + inner[3]
		m := map[int]string{id: "x", v: "y"}
		sum += len(m)
	}
	done <- count(mine) + sum
}

func main() {
	done := make(chan int)
	var cs []chan int
	for i := range 20 {
		c := make(chan int)
		cs = append(cs, c)
		go worker(c, done, i)
	}
	for round := range 30 {
		for i, c := range cs {
			c <- i * round
		}
		if n := count(build(5000)); n != 5000*4999/2 {
			println("wrong", n)
		}
	}
	total := 0
	for _, c := range cs {
		close(c)
		total += <-done
	}
	println(total)
}
