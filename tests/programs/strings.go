// Strings: concatenation, comparison, slices, indexing, conversions.
package main

//go:noinline
func id[T any](v T) T { return v }

func main() {
	s := id("hello")
	t := id("world")
	u := s + ", " + t + "!"
	println(u, len(u), s < t, s == "hello", s+"" == s, s > "hell", "" < s)
	println(u[0], u[len(u)-1], u[1:4], u[:5], u[7:], u[:], u[3:3] == "")
	u += u
	println(u)
	b := []byte(s)
	b[0] = 'j'
	println(string(b), s, len(b))
	println(string(id(rune(65))), string(id(rune(0x20ac))), string(id(rune(-1))) == "\ufffd")
	println(string([]rune{0x48, 0xe9, 0x4e16, 0x1f600}), len([]rune("h\u00e9\u4e16\U0001f600")))
	cmp := []string{"", "a", "ab", "b", "a\x00", "\xff", "abc"}
	for _, x := range cmp {
		n := 0
		for _, y := range cmp {
			if x < y {
				n++
			}
			if x >= y {
				n += 10
			}
			if x == y {
				n += 100
			}
		}
		println(len(x), n)
	}
	switch s {
	case "world":
		println("no")
	case "hello":
		println("yes")
	}
	println(`raw \n string`, "tab\tquote\"", "\x41\102\u0043")
	long := ""
	for i := 0; i < 100; i++ {
		long += string(rune('a' + i%26))
	}
	println(long, len(long))
	copied := make([]byte, 3)
	println(copy(copied, long[10:]), string(copied))
	copied = append(copied, s...)
	println(string(copied))
}
