// The message of panics that came up in each other.
package main

type E string

func (e E) Error() string { return "E:" + string(e) }

type T struct{ a, b int }

func main() {
	defer func() {
		defer func() {
			e := recover()
			println("got", e.(E).Error())
			panic(e)
		}()
		defer println("in between")
		recover()
		panic(E("second"))
	}()
	defer func() {
		panic("replaced")
	}()
	panic("first")
}
