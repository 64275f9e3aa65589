// Allocation of many small, short-lived trees beside one that lives long.
//
//bench:allocates
package main

type node struct{ left, right *node }

func grow(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{grow(depth - 1), grow(depth - 1)}
}

func (n *node) count() int {
	if n.left == nil {
		return 1
	}
	return 1 + n.left.count() + n.right.count()
}

func main() {
	const max = 16
	long := grow(max)
	for depth := 4; depth <= max; depth += 4 {
		rounds := 1 << (max - depth + 2)
		nodes := 0
		for i := 0; i < rounds; i++ {
			nodes += grow(depth).count()
		}
		println(rounds, depth, nodes)
	}
	println(long.count())
}
