// Slice bounds out of range: the third index.
package main

//go:noinline
func cut(s []byte, i, j, k int) []byte { return s[i:j:k] }

func main() {
	println(cap(cut(make([]byte, 4), 1, 2, 3)))
	println(cap(cut(make([]byte, 4), 1, 2, 9)))
}
