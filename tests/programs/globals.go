// Package variables of every kind, changed from functions.
package main

var (
	n      int
	list   []string
	point  struct{ x, y int64 }
	arr    [4]uint8
	fn     func() int
	iface  any
	ptr            = &n
	nested         = [2][]int{{1}, {2, 3}}
	f32    float32 = 1.5
	msg            = "start"
)

func touch() {
	n++
	list = append(list, msg)
	point.y += 1 << 33
	arr[n%4]--
	f32 *= 2
	msg += "."
	nested[1][0] *= 10
}

func main() {
	for range 5 {
		touch()
	}
	*ptr += 100
	fn = func() int { return n }
	iface = point
	println(n, len(list), list[4], point.x, point.y, fn(), f32, msg)
	println(arr[0], arr[1], arr[2], arr[3], nested[1][0], iface == any(point))
	p := &arr[2]
	*p = 7
	q := &point
	q.x = -1
	println(arr[2], point.x)
}
