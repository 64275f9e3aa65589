// Checks of indices that follow from how loops count, and others that look alike and do not.
package main

import "fmt"

const (
	maxInt = int32(1<<31 - 1)
	minInt = -maxInt - 1
)

func try(name string, f func() any) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(name, "panics:", e)
		}
	}()
	fmt.Println(name, f())
}

//go:noinline
func reverse(s []int32) []int32 {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
	return s
}

//go:noinline
func search(s []int32, x int32) int {
	i, j := 0, len(s)
	for i < j {
		h := int(uint(i+j) >> 1)
		if s[h] < x {
			i = h + 1
		} else {
			j = h
		}
	}
	return i
}

//go:noinline
func down(s []int32) (sum int32) {
	for i := len(s) - 1; i >= 0; i-- {
		sum = sum*3 + s[i]
	}
	return sum
}

// The end goes down as the loop goes up, past the start of the slice.
//
//go:noinline
func shrinking(s []int32, n, by int) (sum int32) {
	for i := 0; i < len(s); i++ {
		n -= by
		sum += s[:n][i]
	}
	return sum
}

// The slice is another one in each iteration.
//
//go:noinline
func reslice(s []int32) (sum int32) {
	for i := 0; i < 4; i++ {
		sum += s[i]
		s = s[1:]
	}
	return sum
}

// A counter that wraps around.
//
//go:noinline
func wraps(s []int32, i, step int32) (n int) {
	for i < maxInt/2 {
		if i >= 0 {
			n += int(s[i])
		}
		i += step
		n++
		if n > 20 {
			return n
		}
	}
	return n
}

// i+1 < n says nothing of i where i+1 wraps.
//
//go:noinline
func next(s []int32, i int32) int32 {
	if i+1 < int32(len(s)) {
		return s[i]
	}
	return -1
}

// j-1 is below the length, but only if it does not wrap.
//
//go:noinline
func previous(s []int32, j int32) int32 {
	if j <= int32(len(s)) {
		return s[j-1]
	}
	return -1
}

//go:noinline
func unsigned(s []int32, i uint32) int32 {
	if i < uint32(len(s)) {
		return s[i] + s[int32(i)]
	}
	return -1
}

//go:noinline
func apart(s []int32, lo, hi int) int {
	n := 0
	for lo != hi {
		n += int(s[lo])
		lo++
	}
	return n
}

//go:noinline
func matrix(n int) (sum int32) {
	m := make([][]int32, n)
	for i := range m {
		m[i] = make([]int32, i+1)
		for j := 0; j <= i; j++ {
			m[i][j] = int32(i * j)
		}
	}
	for i := n - 1; i > 0; i-- {
		for j := i - 1; j >= 0; j-- {
			sum += m[i][j] - m[i-1][j]
		}
	}
	return sum
}

//go:noinline
func windows(s []int32, w int) (sum int32) {
	for i := 0; i+w <= len(s); i++ {
		for j := i; j < i+w; j++ {
			sum += s[j]
		}
	}
	return sum
}

//go:noinline
func insertion(s []int32) []int32 {
	for i := 1; i < len(s); i++ {
		for j := i; j > 0 && s[j] < s[j-1]; j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
	return s
}

//go:noinline
func ring(s []int32, at, n int) (sum int32) {
	for k := 0; k < n; k++ {
		sum = sum*2 + s[at%len(s)]
		at += 3
	}
	return sum
}

//go:noinline
func remainders(s []int32, x int) int32 {
	return s[x%4] + s[x&3]
}

//go:noinline
func nested(s []int32, n int) (sum int32) {
	for n > 0 {
		n--
		limit := len(s) - n
		for i := 0; i < limit; i++ {
			sum += s[i+n]
		}
	}
	return sum
}

// The outer loop makes the inner one's limit grow beyond the slice.
//
//go:noinline
func growing(s []int32, rounds int) (sum int32) {
	limit := 2
	for r := 0; r < rounds; r++ {
		for i := 0; i < limit; i++ {
			sum += s[i]
		}
		limit *= 2
	}
	return sum
}

func main() {
	s := func() []int32 { return []int32{5, 3, 9, 1, 7} }
	try("reverse", func() any { return reverse(s()) })
	try("reverse nothing", func() any { return reverse(nil) })
	for x := int32(0); x < 10; x += 3 {
		try("search", func() any { return search([]int32{1, 3, 5, 7, 9}, x) })
	}
	try("down", func() any { return down(s()) })
	try("down nothing", func() any { return down(nil) })
	try("shrinking", func() any { return shrinking(s(), 10, 1) })
	try("shrinking below", func() any { return shrinking(s(), 5, 2) })
	try("reslice", func() any { return reslice(append(s(), s()...)) })
	try("reslice short", func() any { return reslice(s()) })
	try("wraps", func() any { return wraps(s(), 0, 1) })
	try("wraps far", func() any { return wraps(s(), minInt, maxInt/4) })
	try("wraps high", func() any { return wraps(s(), -3, maxInt) })
	for _, i := range []int32{0, 3, 4, -1, -2, maxInt, minInt} {
		try("next", func() any { return next(s(), i) })
		try("previous", func() any { return previous(s(), i) })
		try("unsigned", func() any { return unsigned(s(), uint32(i)) })
		try("remainders", func() any { return remainders(s(), int(i)) })
	}
	try("apart", func() any { return apart(s(), 1, 4) })
	try("apart crossed", func() any { return apart(s(), 4, 1) })
	try("apart low", func() any { return apart(s(), -1, 1) })
	try("matrix", func() any { return matrix(7) })
	try("windows", func() any { return windows(s(), 2) })
	try("windows none", func() any { return windows(s(), 0) })
	try("windows negative", func() any { return windows(s(), -1) })
	try("insertion", func() any { return insertion(s()) })
	try("ring", func() any { return ring(s(), 1, 9) })
	try("ring below", func() any { return ring(s(), -4, 3) })
	try("ring wraps", func() any { return ring(s(), int(maxInt)-2, 3) })
	try("ring empty", func() any { return ring(nil, 0, 1) })
	try("nested", func() any { return nested(s(), 3) })
	try("nested beyond", func() any { return nested(s(), 9) })
	try("growing", func() any { return growing(s(), 2) })
	try("growing beyond", func() any { return growing(s(), 3) })
}
