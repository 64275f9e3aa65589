// A body is offered under another symbol, and a function without body asks for one (decision record 0009).
//
// call: main.both = 42
package main

import _ "unsafe"

//go:linkname offered elsewhere.answer
func offered() int { return 40 }

//go:linkname asked elsewhere.answer
func asked() int

// A function without directive asks for its own symbol.
func plain() int

//go:linkname two main.plain
func two() int { return 2 }

func both() int { return asked() + plain() }

func main() { both() }
