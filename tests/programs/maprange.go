// Range over maps: each entry once, entries deleted before they are reached never, added ones perhaps (For
// statements with range clause).
package main

func sum(m map[int]int) (keys, values int) {
	for k, v := range m {
		keys += k
		values += v
	}
	return keys, values
}

func main() {
	m := map[int]int{}
	for i := 0; i < 100; i++ {
		m[i] = i * 2
		keys, values := sum(m)
		if keys != i*(i+1)/2 || values != i*(i+1) {
			println("bad sum", i, keys, values)
		}
	}
	n := 0
	for k := range m {
		delete(m, k)
		delete(m, (k+1)%100)
		n++
	}
	println(len(m), n >= 50 && n <= 100)
	for i := 0; i < 10; i++ {
		m[i] = i
	}
	seen := map[int]int{}
	for k := range m {
		seen[k]++
		if k < 10 {
			for j := 0; j < 200; j++ {
				m[1000+k*200+j] = 0
			}
		}
	}
	for i := 0; i < 10; i++ {
		if seen[i] != 1 {
			println("entry", i, "seen", seen[i])
		}
	}
	for k, c := range seen {
		if c != 1 {
			println("entry", k, "seen", c)
		}
	}
	println(len(m))
	for k := range m {
		clear(m)
		_ = k
	}
	println(len(m))
	type pair struct {
		a string
		b [5]int
	}
	big := map[pair][3]string{{"x", [5]int{1}}: {"p", "q", "r"}}
	for k, v := range big {
		println(k.a, k.b[0], v[0], v[2])
	}
	var k string
	var arr [2]int
	i := 0
	for k, arr[i] = range map[string]int{"only": 7} {
		i = 1
	}
	println(k, arr[0], arr[1])
	var funcs []func() int
	for k, v := range map[int]int{1: 10, 2: 20, 3: 30} {
		funcs = append(funcs, func() int { return k*100 + v })
	}
	total := 0
	for _, f := range funcs {
		total += f()
	}
	println(total)
	count := 0
outer:
	for a := range seen {
		for b := range seen {
			if a == b {
				continue outer
			}
			count++
			if count == 5 {
				break outer
			}
		}
	}
	println(count <= 5)
	var none map[string]bool
	for range none {
		println("never")
	}
	n = 0
	for range map[string]bool{"a": true, "b": false} {
		n++
	}
	println(n)
	// The order is not always the same.
	first := map[int]bool{}
	for i := 0; i < 200; i++ {
		for k := range seen {
			first[k] = true
			break
		}
	}
	println(len(first) > 1)
}
