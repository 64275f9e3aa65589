// Much garbage beside a live list, a live tree and live strings, which must stay as they are.
package main

type node struct {
	next *node
	data []byte
	n    int
}

type tree struct {
	left, right *tree
	key         int
}

func build(depth, key int) *tree {
	if depth == 0 {
		return &tree{key: key}
	}
	return &tree{build(depth-1, 2*key), build(depth-1, 2*key+1), key}
}

func (t *tree) sum() int {
	if t == nil {
		return 0
	}
	return t.key + t.left.sum() + t.right.sum()
}

type shape interface{ area() int }

type square struct{ side int }

func (s *square) area() int { return s.side * s.side }

var kept []shape

func main() {
	var live *node
	for i := 0; i < 1000; i++ {
		live = &node{live, make([]byte, i%100+1), i}
		live.data[i%100] = byte(i)
	}
	long := build(12, 1)
	text := ""
	var closures []func() int
	for i := 0; i < 300000; i++ {
		garbage := &node{nil, make([]byte, i%200), i}
		if i%1000 == 0 {
			kept = append(kept, &square{garbage.n / 1000})
			text += string(rune('a' + i/1000%26))
			closures = append(closures, func() int { return garbage.n + len(garbage.data) })
		}
		if i%30000 == 0 {
			short := build(8, 1)
			print(short.sum(), " ")
		}
	}
	println()
	count, bytes := 0, 0
	for n := live; n != nil; n = n.next {
		if len(n.data) != n.n%100+1 || n.data[n.n%100] != byte(n.n) {
			println("broken", n.n)
		}
		count++
		bytes += len(n.data)
	}
	println(count, bytes, long.sum())
	area := 0
	for _, s := range kept {
		area += s.area()
	}
	sum := 0
	for _, f := range closures {
		sum += f()
	}
	println(area, len(text), text[:26], text[270:], sum)
}
