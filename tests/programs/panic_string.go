// A panic with a string ends the program with exit code 2 after what was printed before.
package main

func deep(n int) {
	if n == 0 {
		panic("something\nis wrong")
	}
	deep(n - 1)
}

func main() {
	println("before")
	deep(5)
	println("never")
}
