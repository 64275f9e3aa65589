// Maps with strings as keys: counting words.
//
//bench:allocates
package main

import "strconv"

func main() {
	keys := make([]string, 20000)
	for i := range keys {
		keys[i] = "key-" + strconv.Itoa(i*i%50021)
	}
	total := 0
	for round := 0; round < 60; round++ {
		m := map[string]int{}
		for i, key := range keys {
			m[key] += i & 7
		}
		for _, key := range keys {
			total += m[key]
		}
		total = (total + len(m)) & 0xffffff
	}
	println(total)
}
