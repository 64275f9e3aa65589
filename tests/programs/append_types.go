// Append to slices of elements of several sizes keeps what was there.
package main

type pair struct {
	a int32
	b string
}

type three [3]byte

func grow[T comparable](name string, n int, of func(int) T) {
	var s []T
	for i := range n {
		s = append(s, of(i))
	}
	good := 0
	for i := range n {
		if s[i] == of(i) {
			good++
		}
	}
	t := append(s[:1:1], s[n/2:]...)
	println(name, good, len(s), cap(s) >= n, cap(s) < 2*n+16, len(t), t[1] == of(n/2), s[1] == of(1))
}

func main() {
	grow("byte", 600, func(i int) byte { return byte(i) })
	grow("bool", 601, func(i int) bool { return i%3 == 0 })
	grow("int16", 600, func(i int) int16 { return int16(i) })
	grow("int32", 600, func(i int) int32 { return int32(i) })
	grow("int64", 600, func(i int) int64 { return int64(i) << 32 })
	grow("float32", 600, func(i int) float32 { return float32(i) / 2 })
	grow("string", 600, func(i int) string { return string(rune(i)) })
	grow("pair", 300, func(i int) pair { return pair{int32(i), string(rune(i))} })
	grow("three", 300, func(i int) three { return three{byte(i), 1, 2} })
	grow("any", 100, func(i int) any { return i })
	grow("empty", 30, func(int) struct{} { return struct{}{} })
	cells := [10]int{}
	grow("pointer", 10, func(i int) *int { return &cells[i] })
	b := append([]byte("hello"), " world, this is long"...)
	println(string(b), len(b))
	b = append([]byte(nil), make([]byte, 100)...)
	println(len(b), b[99])
}
