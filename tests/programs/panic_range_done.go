// A range function that goes on after the body has returned false panics (For statements with range clause).
package main

func stubborn(yield func(int) bool) {
	for i := 0; i < 3; i++ {
		yield(i)
	}
}

func main() {
	for i := range stubborn {
		println(i)
		break
	}
}
