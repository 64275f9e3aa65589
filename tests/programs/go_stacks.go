// Stacks of goroutines that wait: runtime.Stack of all, the profile of goroutines, and its labels.
package main

import (
	"bytes"
	"context"
	"os"
	"path"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
)

func send[T any](c chan T, x T) { c <- x }

func receive(c chan int, depth int) int {
	if depth > 0 {
		return receive(c, depth-1) + 1
	}
	sum := 0
	for x := range c {
		sum += x
	}
	return sum
}

// panicking waits in a deferred call of a panic.
func panicking(c chan bool) {
	defer func() {
		c <- recover() != nil
	}()
	var none []int
	none[0] = 1
}

// show prints what a trace says, without what depends on the machine: folders, numbers of goroutines, arguments.
func show(trace string) {
	skip := false
	for _, line := range strings.Split(trace, "\n") {
		if strings.HasPrefix(line, "goroutine ") {
			_, line, _ = strings.Cut(line, "[")
		} else if file, isPlace := strings.CutPrefix(line, "\t"); isPlace {
			line, _, _ = strings.Cut(path.Base(file), " +")
		} else if at := strings.LastIndex(line, "("); at > 0 && strings.HasSuffix(line, ")") {
			line = line[:at]
		}
		// What the runtime does for a panic or a lock has other places.
		if inRuntime := strings.Contains(line, "runtime_Sem") || line == "panic"; inRuntime || skip {
			skip = inRuntime
			continue
		}
		println(line)
	}
}

func main() {
	numbers, words, answers := make(chan int), make(chan string), make(chan bool)
	var mu sync.Mutex
	mu.Lock()
	go send(words, "x")
	go send(numbers, 1)
	pprof.Do(context.Background(), pprof.Labels("kind", "reader"), func(context.Context) {
		go receive(make(chan int), 3)
	})
	go func() {
		func() {
			mu.Lock()
		}()
	}()
	go panicking(answers)
	go func() {
		select {
		case words <- "y":
		case numbers <- 2:
		}
	}()
	for range 10 {
		runtime.Gosched()
	}
	buf := make([]byte, 1<<16)
	show(string(buf[:runtime.Stack(buf, true)]))

	var records [10]runtime.StackRecord
	n, ok := runtime.GoroutineProfile(records[:2])
	println(n, ok)
	n, ok = runtime.GoroutineProfile(records[:])
	println(n, ok)
	for _, record := range records[:n] {
		frames := runtime.CallersFrames(record.Stack())
		for more := true; more; {
			var frame runtime.Frame
			frame, more = frames.Next()
			if strings.HasPrefix(frame.Function, "main.") {
				println(frame.Function, frame.Line)
			}
		}
		println()
	}

	var text bytes.Buffer
	pprof.Lookup("goroutine").WriteTo(&text, 1)
	for _, line := range strings.Split(text.String(), "\n") {
		if strings.HasPrefix(line, "# labels: ") {
			println(line)
		}
	}
	os.Exit(0)
}
