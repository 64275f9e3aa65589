// Directives before the package clause choose settings: here panic(nil) panics with nil and the channels of timers have a
// buffer, as up to Go 1.20 and 1.22.

//go:debug panicnil=1
//go:debug asynctimerchan=1
package main

import (
	"fmt"
	"os"
	"time"
)

//go:debug panicnil=0

func try(f func()) {
	defer func() { fmt.Println("recovered", recover()) }()
	f()
	fmt.Println("returned")
}

func main() {
	try(func() { panic(nil) })
	try(func() {
		defer func() { panic(nil) }()
		panic("first")
	})
	t := time.NewTimer(time.Microsecond)
	time.Sleep(20 * time.Millisecond)
	fmt.Println(len(t.C), cap(t.C), t.Stop())
	os.Setenv("GODEBUG", "panicnil=0,asynctimerchan=0")
	t = time.NewTimer(time.Hour)
	fmt.Println(len(t.C), cap(t.C), t.Stop())
	os.Setenv("GODEBUG", "")
	defer func() { panic(3) }()
	panic(nil)
}
