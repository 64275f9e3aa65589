// Decision record 0004: closure objects, adapters, method values; captures by value and by cell.
//
// show: main.counter main.counter.func1 main.adder main.adder.func1 main.double·fv main.method main.point.sum-fm
// data: main.double·f
// call: main.count 3 = 6
// call: main.total 4 = 16
// call: main.loop 3 = 3
package main

type point struct{ x, y int }

func (p point) sum() int { return p.x + p.y }

func counter() func() int {
	n := 0
	return func() int {
		n++
		return n
	}
}

func adder(k int) func(int) int { return func(n int) int { return n + k } }

func double(n int) int { return 2 * n }

func method(p point) func() int { return p.sum }

func count(n int) int {
	c := counter()
	total := 0
	for range n {
		total += c()
	}
	return total
}

func apply(f func(int) int, n int) int { return f(n) }

func total(n int) int {
	return apply(double, n) + apply(adder(2), n) + method(point{1, 1})()
}

// loop has a variable of its own in each iteration.
func loop(n int) int {
	var fs []func() int
	for i := 0; i < n; i++ {
		fs = append(fs, func() int { return i })
	}
	sum := 0
	for _, f := range fs {
		sum += f()
	}
	return sum
}

func main() {
	_, _, _ = count, total, loop
}
