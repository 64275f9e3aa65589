// Code that constants rule out is left out: it may print what cannot be printed. What the conditions do is done.
package main

type pair struct{ a, b int }

const (
	zero = 0
	name = "b"
	none = false
)

func yes(s string) bool { println(s); return true }

func ifs() {
	if false {
		print(pair{})
	}
	if zero == 1 || none {
		print(pair{})
	} else if true {
		println("else")
	} else {
		println([2]int{})
	}
	if yes("evaluated") && none {
		print(pair{})
	} else {
		println("not both")
	}
	if yes("evaluated too") || !none {
		println("one of them")
	} else {
		print(pair{})
	}
	if none && yes("never") {
		print(pair{})
	}
	if !(true || yes("never")) {
		println("never")
	}
}

func loops() {
	for false {
		print(pair{})
	}
	for i := 0; i > 3 && false; print(pair{}) {
		print(pair{})
	}
	for yes("asked once") && none {
		print(pair{})
	}
outer:
	for {
		switch zero {
		case 0:
			break outer
		default:
			print(pair{})
		}
	}
}

func switches() {
	switch zero {
	case 1, 2:
		print(pair{})
	case 0:
		println("zero")
		if yes("break") {
			break
		}
		println("never")
	case 3:
		print(pair{})
	}
	switch name {
	case "a":
		print(pair{})
	default:
		println("default")
	case "c":
		print(pair{})
	}
	switch {
	case none:
		print(pair{})
	}
	switch 2.5 {
	case 1, 5 / 2.0:
		println("float")
		switch true {
		case zero == 0:
			println("inner")
		}
	default:
		print(pair{})
	}
	switch 7 {
	case 7:
		println("falls")
		fallthrough
	case 8:
		println("fell")
	}
	switch x := 3; none {
	case true:
		print(pair{})
	case false:
		println(x)
	}
	for i := range 3 {
		switch zero {
		case 0:
			if i == 1 {
				continue
			}
			println(i)
		}
	}
}

func ends(n int) int {
	if true {
		return n + 1
	}
	print(pair{})
	return 0
}

func jumps(n int) {
	if n > 0 {
		goto end
	}
	{
		println("behind")
		return
		print(pair{})
	}
end:
	println("end")
	panic("ends")
	print(pair{})
}

func main() {
	ifs()
	loops()
	switches()
	println(ends(1))
	jumps(0)
	defer func() { println(recover().(string)) }()
	jumps(1)
}
