// Order of evaluation, assignments, control flow.
//
// call: main.swap 1 2 = 21
// call: main.index = 102
// call: main.labels 5 = 6
// call: main.table 3 = 30
// call: main.table 9 = -1
// call: main.fall 1 = 6
// call: main.strings = 195
// call: main.slices = 323
// call: main.goto_ 4 = 10
// call: main.arrays = 1
// call: main.bounds 3 = trap panic
// call: main.nilptr = trap panic
package main

func swap(a, b int) int {
	a, b = b, a
	return 10*a + b
}

func index() int {
	i := 0
	var a [2]int
	i, a[i] = 1, 2
	return 100*i + a[0]
}

func labels(n int) int {
	sum := 0
outer:
	for i := 0; i < n; i++ {
		for j := 0; j < n; j++ {
			if j == 2 {
				continue outer
			}
			if i == 3 {
				break outer
			}
			sum++
		}
	}
	return sum
}

func table(n int) int {
	switch n {
	case 1:
		return 10
	case 2:
		return 20
	case 3:
		return 30
	case 4, 5:
		return 40
	}
	return -1
}

func fall(n int) int {
	switch {
	case n == 1:
		n += 2
		fallthrough
	case n == 5:
		n += 3
	default:
		n = 0
	}
	return n
}

func strings() int {
	n := 0
	for i, r := range "aÀ" {
		n += i + int(r)
	}
	if "ab"+string([]byte{'c'}) != "abc" || "b" < "a" {
		return -1
	}
	return n - 'a' + len("x")*0 + 2
}

func slices() int {
	s := []int{1, 2, 3}
	t := append(s[:1:1], 9)
	copy(s[1:], s)
	return 100*len(s) + 10*len(t) + s[2] + s[1] + s[0] - 1
}

func goto_(n int) int {
	sum := 0
again:
	if n > 0 {
		sum += n
		n--
		goto again
	}
	return sum
}

func arrays() bool {
	a := [3]string{"x", "y"}
	b := a
	b[2] = ""
	return a == b
}

func bounds(i int) int {
	a := []int{1, 2, 3}
	return a[i]
}

func nilptr() int {
	var p *struct{ x int }
	return p.x
}

func main() {
	_, _, _, _, _, _ = swap, index, labels, table, fall, strings
	_, _, _, _, _ = slices, goto_, arrays, bounds, nilptr
}
