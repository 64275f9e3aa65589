// Variables that are too large for any stack.
package main

type table [3 << 18]uint32

func fill(seed uint32) (t table) {
	for i := range t {
		seed = seed*1664525 + 1013904223
		t[i] = seed
	}
	return
}

func sum(t table) (total uint32) {
	t[0] = 1
	for _, v := range t {
		total += v
	}
	return
}

func inLoop() int {
	total := 0
	for i := range 4 {
		var bytes [200 << 10]byte
		total += int(bytes[len(bytes)-1]) // zero again in each round
		for j := range bytes {
			bytes[j] = byte(i + j)
		}
		total += int(bytes[1000*i])
	}
	return total
}

func captured() func() byte {
	var big [300 << 10]byte
	big[7] = 8
	return func() byte { return big[7] }
}

func main() {
	t := fill(1)
	u := t
	u[1] = 0
	println(sum(t), sum(u), t[0] == u[0], t == u)
	println(inLoop(), captured()())
	a, b := [150 << 10]byte{5: 6}, [2]table{}
	println(a[5], len(b), b[1][9])
	defer func(t table) { println("deferred", t[2] == u[2]) }(t)
}
