// A panic with an error prints its text.
package main

type myError struct{ code int }

func (e *myError) Error() string {
	if e.code == 7 {
		return "code seven"
	}
	return "other"
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	check(nil)
	println("fine so far")
	check(&myError{7})
}
