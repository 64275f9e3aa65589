// A range clause assigns its variables as one assignment statement: operands first, then values from left to right;
// calls with several results are the arguments of predeclared functions (Assignment statements, Calls).
package main

func seq(yield func(int, string) bool) {
	_ = yield(1, "a") && yield(2, "b") && yield(3, "c")
}

func slices() ([]int, []int) { return make([]int, 2), []int{7, 8, 9} }

func entry() (map[any]int, string) { return table, "x" }

var table = map[any]int{"x": 1, "y": 2}

func main() {
	a := [...]int{0, 99, 99}
	i := 0
	for i, a[i] = range []int{10, 20} {
	}
	println(i, a[0], a[1], a[2])
	i = 0
	for i, a[i] = range map[int]int{2: 30} {
	}
	println(i, a[0], a[1], a[2])
	s := [...]string{"", "", "", ""}
	i = 0
	for i, s[i] = range seq {
	}
	println(i, s[0], s[1], s[2], s[3])
	r := [4]rune{}
	i = 0
	for i, r[i] = range "xyz" {
	}
	println(i, r[0], r[1], r[2], r[3])
	println(copy(slices()), len(append(slices2())))
	delete(entry())
	println(len(table))
	for _, n := range []int{1, 2, 3} {
		if n == 2 {
			func() {
				for k, w := range seq {
					defer println("deferred", k, w)
					if k == 2 {
						return
					}
				}
			}()
		}
	}
}

func slices2() ([]int, int, int) { return []int{1}, 2, 3 }
