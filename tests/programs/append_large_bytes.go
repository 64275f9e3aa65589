// Large byte slices that append allocates: what is behind their length is zero, whatever the memory held before.
package main

import (
	"fmt"
	"reflect"
	"runtime"
)

func dirty(n int) int {
	sum := 0
	for i := range 20 {
		b := make([]byte, n)
		for j := range b {
			b[j] = byte(i + j | 1)
		}
		sum += int(b[n/2])
	}
	return sum
}

func nonZero(b []byte) int {
	n := 0
	for _, x := range b {
		if x != 0 {
			n++
		}
	}
	return n
}

type flag bool

func main() {
	for _, n := range []int{1000, 5000, 70_000, 300_000} {
		fmt.Println(dirty(n))
		runtime.GC()
		src := make([]byte, n)
		for i := range src {
			src[i] = 1
		}
		b := append([]byte{}, src...)
		fmt.Println(nonZero(b), nonZero(b[len(b):cap(b)]))
		b = append(b, 2)
		fmt.Println(nonZero(b), nonZero(b[len(b):cap(b)]), b[n])
		b = append(b[:10:10], src[:n/2]...)
		fmt.Println(nonZero(b), nonZero(b[len(b):cap(b)]))
		f := append([]flag(nil), make([]flag, n)...)
		f = append(f, true)
		count := 0
		for _, x := range f[:cap(f)] {
			if x {
				count++
			}
		}
		fmt.Println(count)
		dirty(n)
		runtime.GC()
		v := reflect.ValueOf(&b).Elem()
		v.Grow(n * 2)
		b = v.Bytes()
		fmt.Println(nonZero(b), nonZero(b[len(b):cap(b)]))
		v.SetLen(v.Cap())
		fmt.Println(nonZero(v.Bytes()))
	}
}
