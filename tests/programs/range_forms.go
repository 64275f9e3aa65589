// Range over integers, arrays, slices and strings.
package main

func main() {
	for i := range 3 {
		print(i, " ")
	}
	for i := range int8(3) {
		print(i, " ")
	}
	for range 2 {
		print("x ")
	}
	println()
	n := 3
	for i := range n {
		n = 10
		print(i, " ")
	}
	println(n)
	s := []int{1, 2, 3}
	for i, v := range s {
		if i == 0 {
			s = append(s, 4)
			s[1] = 20
		}
		print(v, " ")
	}
	println(len(s))
	var i int
	var v string
	for i, v = range []string{"p", "q"} {
	}
	println(i, v)
	var arr [3]func() int
	for i := range arr {
		arr[i] = func() int { return i * i }
	}
	println(arr[0](), arr[1](), arr[2]())
	for i := range (*[4]int)(nil) {
		print(i, " ")
	}
	println()
}
