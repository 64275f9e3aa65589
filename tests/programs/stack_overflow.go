// Functions that call each other for ever, with nothing in their frames: a fatal error, which runs no deferred calls.
package main

func even(n int64, f func(int64) float64) float64 {
	if n == 0 {
		return 1
	}
	return f(n-1) * 2
}

func odd(n int64) float64 { return even(n-1, odd) + 3 }

func main() {
	defer func() { println("must not run", recover() != nil) }()
	println(odd(1 << 60))
}
