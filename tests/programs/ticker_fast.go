// A ticker that is due again as soon as it has fired, and goroutines that wait for it.
package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	ticker := time.NewTicker(1)
	done := make(chan bool)
	for range 2 {
		go func() {
			for range 50 {
				<-ticker.C
			}
			done <- true
		}()
	}
	fmt.Println(<-done, <-done)
	stop := make(chan bool)
	for range 2 {
		go func() {
			select {
			case <-ticker.C:
			case <-stop:
			}
			done <- true
		}()
	}
	time.Sleep(time.Millisecond)
	close(stop)
	fmt.Println(<-done, <-done)
	ticker.Stop()
	select {
	case <-ticker.C:
		fmt.Println("a tick after Stop")
	default:
		fmt.Println("stopped")
	}

	// One whose channel has a buffer, so that it ticks although nobody waits.
	os.Setenv("GODEBUG", "asynctimerchan=1")
	ticker = time.NewTicker(1)
	time.Sleep(time.Millisecond)
	<-ticker.C
	ticker.Stop()
	fmt.Println("ticked")
}
