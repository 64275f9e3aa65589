// Package variables whose values are known are static data; the others are set by the initialiser.
//
// show: main.init go:init _start
// data: main.table
// data: main.point
// data: main.list
// data: main.list.tmp1
// data: main.f
package main

type pair struct {
	name string
	n    int64
}

var table = [...]uint16{1, 2, 5: 3}

var point = &pair{"p", -1}

var list = []pair{{"a", 1}, {n: 2}}

var f = func(x int) int { return x + 1 }

var computed = len(point.name) + f(1)

func main() {
	println2(table[0], point, list, f, computed)
}

func println2(args ...any) {}
