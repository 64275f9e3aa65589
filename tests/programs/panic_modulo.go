// The remainder of a division by zero, of small unsigned integers.
package main

var zero uint8

func main() {
	println(uint8(9) % (zero + 4))
	println(uint8(9) % zero)
}
