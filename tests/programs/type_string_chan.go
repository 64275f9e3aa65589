// How types of channels are written: a channel that is only received from has parentheses in one that goes both ways.
package main

import (
	"fmt"
	"reflect"
)

type R <-chan int

func main() {
	for _, v := range []any{
		(chan<- (<-chan string))(nil),
		(chan (<-chan string))(nil),
		(<-chan (<-chan string))(nil),
		(<-chan chan<- string)(nil),
		(chan<- chan string)(nil),
		(chan R)(nil),
		(chan<- func() <-chan int)(nil),
	} {
		fmt.Printf("%T\n", v)
	}
	t := reflect.ChanOf(reflect.SendDir, reflect.TypeOf((<-chan string)(nil)))
	fmt.Println(t, t == reflect.TypeOf((chan<- (<-chan string))(nil)))
}
