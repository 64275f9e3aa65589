// A CPU profile can be begun and ended, whether or not anything is sampled.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"runtime/pprof"
	"time"
)

func main() {
	for range 2 {
		var b bytes.Buffer
		fmt.Println(pprof.StartCPUProfile(&b))
		fmt.Println(pprof.StartCPUProfile(io.Discard))
		time.Sleep(10 * time.Millisecond)
		pprof.StopCPUProfile()
		z, err := gzip.NewReader(&b)
		if err != nil {
			fmt.Println(err)
			return
		}
		data, err := io.ReadAll(z)
		fmt.Println(len(data) > 0, err)
	}
	pprof.StopCPUProfile()
	for _, p := range pprof.Profiles() {
		fmt.Println(p.Name())
	}
	fmt.Println(pprof.WriteHeapProfile(io.Discard))
}
