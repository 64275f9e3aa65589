// A key whose dynamic type is not comparable panics (Map types).
package main

func main() {
	m := map[any]int{"x": 1}
	var k any = []int{1}
	println(len(m))
	println(m[k])
}
