// Iterators that recover a panic of the loop's body, or go on after it was left: the loop panics instead.
// Source: go.dev/ref/spec, "For statements with range clause", and package iter.
package main

func show(what string) {
	e := recover()
	if err, ok := e.(error); ok {
		println(what, "error", err.Error())
	} else if s, ok := e.(string); ok {
		println(what, s)
	} else {
		println(what, e == nil)
	}
}

// guarded recovers what its loop's body raises.
func guarded(yield func(int) bool) {
	defer show("iterator")
	for i := range 4 {
		if !yield(i) {
			println("left at", i)
			return
		}
	}
}

// stubborn calls the body again after it was left.
func stubborn(yield func(int) bool) {
	defer show("stubborn")
	for i := range 4 {
		if !yield(i) {
			println("left at", i)
		}
	}
}

// calm goes on as well, and recovers nothing.
func calm(yield func(int) bool) {
	for i := range 4 {
		if !yield(i) {
			println("left at", i)
		}
	}
}

func loop(name string, seq func(func(int) bool), form int) (n int) {
	defer show("loop " + name)
	for i := range seq {
		println(i)
		switch {
		case i == 1 && form == 0:
			panic("body")
		case i == 2 && form == 1:
			goto end
		case i == 2 && form == 2:
			return 7
		}
	}
end:
	println("end")
	return 1
}

func breaks(name string, seq func(func(int) bool)) {
	defer show("breaks " + name)
	for i := range seq {
		if i == 2 {
			break
		}
	}
	println("end")
}

func main() {
	for form := range 4 {
		println("form", form)
		println(loop("guarded", guarded, form))
		println(loop("stubborn", stubborn, form))
		println(loop("calm", calm, form))
	}
	breaks("guarded", guarded)
	breaks("stubborn", stubborn)
	breaks("calm", calm)
	var x int
	func() {
		defer show("assigned")
		for x = range stubborn {
			if x == 1 {
				break
			}
		}
	}()
	println(x)
	var kept func(int) bool
	func() {
		defer show("kept")
		for i := range func(yield func(int) bool) { kept = yield; yield(1) } {
			println(i)
		}
		kept(2)
	}()
}
