package main

import "runtime"

func f() {
	defer println("f deferred")
	defer func() {
		defer func() { println("rec", recover() != nil) }()
		panic("aborts goexit")
	}()
	runtime.Goexit()
}
func main() {
	defer println("main deferred")
	defer func() { println(recover() == nil) }()
	func() {
		defer func() { println("r", recover() != nil) }()
		defer func() { panic("in goexit") }()
		f()
		println("no")
	}()
	println("neither")
}
