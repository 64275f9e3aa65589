// Switches: fallthrough, several values, no tag, strings, duplicates by variable, order of evaluation.
package main

func trace(v int) int {
	print("<", v, ">")
	return v
}

func grade(n int) string {
	switch {
	case n >= 90:
		return "A"
	case n >= 80:
		return "B"
	}
	return "F"
}

func day(n int) string {
	switch n {
	case 0, 6:
		return "weekend"
	case 1, 2, 3, 4, 5:
		return "weekday"
	default:
		return "?"
	}
}

func fall(n int) (s string) {
	switch n {
	case 1:
		s += "1"
		fallthrough
	case 2:
		s += "2"
		fallthrough
	case 3:
		s += "3"
	case 4:
		s += "4"
		if n == 4 {
			break
		}
		s += "x"
	default:
		s += "d"
		fallthrough
	case 5:
		s += "5"
	}
	return
}

func dense(n int) int {
	switch n {
	case 0:
		return 10
	case 1:
		return 21
	case 2:
		return 32
	case 3:
		return 43
	case 4:
		return 54
	case 5:
		return 65
	case 1000:
		return 1
	case -1:
		return 2
	}
	return 0
}

func text(s string) int {
	switch s {
	case "":
		return 0
	case "one":
		return 1
	case "two":
		return 2
	case "three", "drei":
		return 3
	}
	return -1
}

func main() {
	println(grade(95), grade(85), grade(10))
	println(day(0), day(3), day(6), day(9))
	for i := range 7 {
		print(fall(i), " ")
	}
	println()
	for _, i := range []int{-1, 0, 1, 2, 3, 4, 5, 6, 1000, 1001} {
		print(dense(i), " ")
	}
	println()
	println(text(""), text("one"), text("drei"), text("four"))
	switch x := trace(2); x {
	case trace(1), trace(2), trace(3):
		println("found", x)
	}
	switch f := 1.5; f {
	case 1.5:
		println("float")
	}
	switch v := any(3); v {
	case "3":
		println("string")
	case 3:
		println("int")
	}
	switch {
	default:
		println("default")
	}
	switch trace(9) {
	}
	println()
	switch uint8(200) {
	case 200:
		println("byte")
	}
}
