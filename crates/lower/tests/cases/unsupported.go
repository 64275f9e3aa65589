// One error for each construct that is not supported, only where it can be reached.
package main

func unreachable() {
	defer main()
}

func main() {
	if false {
		recover()
	}
	defer main()
	go main()
	m := map[int]int{1: 2}
	m[1] = 3
	for range m {
	}
	c := make(chan int)
	<-c
	c <- 1
	select {}
}
