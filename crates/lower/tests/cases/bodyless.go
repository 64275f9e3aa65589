// A function without body is an error, but only where reachable code calls it.
package main

import _ "unsafe" // for go:linkname

//go:linkname missing other.missing
func missing()

//go:linkname never other.never
func never()

func unreachable() {
	never()
}

func main() {
	if false {
		never()
	}
	missing()
}
