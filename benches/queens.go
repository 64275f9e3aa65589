// Recursion with arrays and conditions: the queens on a chessboard.
//
//bench:computes
package main

const n = 10

type board struct {
	columns [n]bool
	up      [2*n - 1]bool
	down    [2*n - 1]bool
}

func (b *board) place(row int) int {
	if row == n {
		return 1
	}
	count := 0
	for c := 0; c < n; c++ {
		if b.columns[c] || b.up[row+c] || b.down[row-c+n-1] {
			continue
		}
		b.columns[c], b.up[row+c], b.down[row-c+n-1] = true, true, true
		count += b.place(row + 1)
		b.columns[c], b.up[row+c], b.down[row-c+n-1] = false, false, false
	}
	return count
}

func main() {
	total := 0
	for i := 0; i < 60; i++ {
		var b board
		total += b.place(0)
	}
	println(total)
}
