//lang go1.20

package p

func f(s []int) {
	clear /* ERROR "clear requires go1.21 or later (-lang was set to go1.20; check go.mod)" */ (s)
	_ = min /* ERROR "built-in min requires go1.21 or later (-lang was set to go1.20; check go.mod)" */ (1, 2)
	for range 10 /* ERROR "cannot range over 10 (untyped int constant): requires go1.22 or later (-lang was set to go1.20; check go.mod)" */ {
	}
	_ = [1]int(s)
}
