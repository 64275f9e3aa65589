// GODEBUG=asynctimerchan=1 and 2 give the timer channels of Go 1.22, which have a buffer that Stop leaves as it is.
package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	for _, mode := range []string{"0", "1", "2"} {
		os.Setenv("GODEBUG", "asynctimerchan="+mode)
		t := time.NewTimer(time.Microsecond)
		time.Sleep(20 * time.Millisecond)
		fmt.Println(mode, len(t.C), cap(t.C), t.Stop())
		select {
		case <-t.C:
			fmt.Println("a stale value")
		default:
			fmt.Println("nothing")
		}
		t.Reset(time.Microsecond)
		time.Sleep(20 * time.Millisecond)
		fmt.Println(t.Reset(time.Hour))
		select {
		case <-t.C:
			fmt.Println("a stale value")
		default:
			fmt.Println("nothing")
		}
		t.Stop()
	}
}
