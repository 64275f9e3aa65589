// Conversions between strings and bytes that nobody keeps allocate nothing: operands of comparisons, tags of switches
// over constants, keys that are looked up, parts of concatenations, ranges over bytes. All others are copies.
package main

import (
	"fmt"
	"testing"
)

var (
	b     = []byte("a name that is longer than any buffer for small strings")
	same  = string(b)
	table = map[string]int{same: 7}
	sink  string
	text  string
)

// count prints how often f allocates, more than what it is compared with.
func count(what string, f, other func()) {
	fmt.Println(what, testing.AllocsPerRun(100, f)-testing.AllocsPerRun(100, other))
}

func nothing() {}

type named []byte

func kind(b []byte) int {
	switch string(b) {
	case "short":
		return 1
	case "a name that is longer than any buffer for small strings":
		return 2
	}
	return 3
}

func changing() string {
	b[0] = 'A'
	return "A"
}

func main() {
	ok := true
	n := 0
	count("equal", func() { ok = ok && string(b) == same && same == (string(b)) }, nothing)
	count("unequal", func() { ok = ok && !(string(named(b)) != same) }, nothing)
	count("ordered", func() { ok = ok && string(b) <= same && string(b) > "a" }, nothing)
	count("switch", func() { n += kind(b) }, nothing)
	count("map", func() { n += table[string(b)] }, func() { n += table[same] })
	count("map, ok", func() { _, found := table[string(b)]; ok = ok && found }, func() { _, found := table[same]; ok = ok && found })
	count("range", func() {
		for _, c := range []byte(same) {
			n += int(c)
		}
	}, nothing)
	count("concatenation", func() { sink = "<" + string(b) + ">" }, func() { sink = "<" + same + ">" })
	fmt.Println(ok, n > 0, sink)

	// These are kept.
	sink = string(b)
	table[string(b)] = 8
	text = "" + string(b)
	key := string(b)
	b[0] = 'x'
	fmt.Println(sink, table[key], table["x"], text, key)
	var empty []byte
	fmt.Println(string(empty) == "", "["+string(empty)+"]", table[string(empty)], kind(empty))
	for i, c := range []byte(key) {
		if i == 0 {
			key = "another"
		}
		if i < 3 {
			fmt.Println(i, c, key)
		}
	}
	copied := []byte(same)
	for i := range copied {
		copied[i] = '-'
	}
	fmt.Println(same)
	fmt.Println(len(changing()), string(b[:1]))
}
