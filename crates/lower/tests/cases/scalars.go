// Decision record 0001: what crosses calls, and how aggregates are passed.
//
// show: main.pass main.small main.bigger main.many
// call: main.sum 3 4 = 14
package main

type pair struct {
	a int8
	b int64
}

type big [3]int32

func pass(b bool, u uint8, i int64, f float32, s string, x []byte, e any, g func(), p *int, q pair) {}

func small(q pair) pair {
	q.a += 100
	return q
}

func bigger(b big) big {
	b[1] = 7
	return b
}

func many() (int, big, string) { return 1, big{2}, "x" }

func sum(a, b int32) int32 {
	x := bigger(big{a, 0, b})
	return x[0] + x[1] + x[2]
}

func main() {
	_, _, _, _, _ = pass, small, bigger, many, sum
}
