// Labels: break and continue out of nested loops, switches and blocks; goto forwards and backwards.
package main

func find(grid [][]int, want int) (int, int) {
	for i, row := range grid {
		for j, v := range row {
			if v == want {
				return i, j
			}
		}
	}
	return -1, -1
}

func collatz(n int) (steps int) {
again:
	if n == 1 {
		return
	}
	steps++
	if n%2 == 0 {
		n /= 2
		goto again
	}
	n = 3*n + 1
	goto again
}

// irreducible has a loop with two entries.
func irreducible(n int) int {
	s := 0
	i := 0
	if n%2 == 0 {
		goto b
	}
a:
	s += 1
	i++
b:
	s += 10
	i++
	if i < n {
		goto a
	}
	return s
}

func main() {
	var i int
	println(find([][]int{{1, 2}, {3, 4}}, 3))
	println(find([][]int{{1, 2}, {3, 4}}, 9))
outer:
	for i := 0; i < 5; i++ {
		for j := 0; ; j++ {
			switch {
			case j > i:
				continue outer
			case i == 3:
				break outer
			case j == 1:
				break
			default:
				print(i, j, " ")
			}
		}
	}
	println()
	if i, _ := find(nil, 0); i < 0 {
		goto after
	}
	println("never")
after:
sw:
	switch 1 {
	case 1:
		for {
			break sw
		}
		println("never")
	}
	println(collatz(27), irreducible(4), irreducible(5), irreducible(1))
	i = 0
loop:
	if i < 3 {
		print(i, " ")
		i++
		goto loop
	}
	println()
	for i := range 10 {
		if i%2 == 0 {
			continue
		}
		if i > 7 {
			break
		}
		print(i, " ")
	}
	println()
	n := 0
	for n < 3 {
		n++
	}
	for {
		n++
		if n > 10 {
			break
		}
	}
	println(n)
}
