// Recursion goes as deep as an official stack of 250 MB lets it, on the main goroutine and on others.
package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

func sum(n int) int {
	if n == 0 {
		return 0
	}
	return n&1 + sum(n-1)
}

// The package's own limit of nesting is 10,000.
func nested(n int) error {
	var v any
	return json.Unmarshal([]byte(strings.Repeat("[", n)+strings.Repeat("]", n)), &v)
}

func all() {
	fmt.Println(sum(1_000_000))
	fmt.Println(nested(10_000))
	fmt.Println(nested(10_001))
}

func main() {
	all()
	done := make(chan bool)
	go func() {
		all()
		done <- true
	}()
	<-done
}
