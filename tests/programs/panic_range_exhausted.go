// A body that is called after its loop has ended panics (For statements with range clause).
package main

var saved func(int) bool

func keep(yield func(int) bool) {
	saved = yield
	yield(1)
}

func main() {
	for i := range keep {
		println(i)
	}
	saved(2)
}
