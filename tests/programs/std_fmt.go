// Package fmt: verbs, flags, interfaces of values, errors, and scanning.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

type point struct{ X, Y int }

type named struct {
	Name  string
	Tags  []string
	Inner *point
	m     map[string]int
}

type celsius float64

func (c celsius) String() string { return fmt.Sprintf("%.1f°C", float64(c)) }

type goish int

func (g goish) GoString() string { return "goish!" }

type custom struct{}

func (custom) Format(s fmt.State, verb rune) {
	w, ok := s.Width()
	fmt.Fprintf(s, "<%c %d %v %v>", verb, w, ok, s.Flag('+'))
}

type bad struct{}

func (bad) String() string { panic("no string") }

type nilStringer struct{ s string }

func (n *nilStringer) String() string { return n.s }

type myErr struct{ code int }

func (e *myErr) Error() string { return fmt.Sprint("code ", e.code) }

func main() {
	fmt.Println("hello", 1, 2.5, true, nil, 'x', "y", []int{1, 2}, map[string]int{"b": 2, "a": 1})
	fmt.Printf("%d %5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o|%O|%b|%c|%q|%U|%#U\n", 42, 42, 42, 42, 42, 42, 255, 255, 255, 8, 8, 8, 5, 0x4e16, 0x4e16, 0x4e16, 0x4e16)
	fmt.Printf("%f %.2f %8.3f|%-8.1f|%+.1e|%g|%G|%x|%b\n", 3.14159, 3.14159, 3.14159, 3.14159, 123456.789, 1e21, 1e-7, 1.5, 1.0)
	fmt.Printf("%s|%10s|%-10s|%.2s|%q|%#q|%x|% x|%X\n", "go", "go", "go", "golang", "a\"b\n", "raw`", "hey", "hey", "hey")
	fmt.Printf("%v %+v %#v %T\n", point{1, 2}, point{1, 2}, point{1, 2}, point{1, 2})
	n := named{"n", []string{"a", "b"}, nil, map[string]int{"k": 1}}
	fmt.Printf("%v\n%+v\n%#v\n", n, n, n)
	fmt.Printf("%v %+v\n", &point{3, 4}, &point{3, 4})
	fmt.Printf("%v %s %d\n", celsius(21.55), celsius(-3), celsius(1))
	fmt.Printf("%v %#v\n", goish(3), goish(3))
	fmt.Printf("%v %+8x\n", custom{}, custom{})
	fmt.Printf("%v %s\n", bad{}, bad{})
	fmt.Printf("%v\n", (*nilStringer)(nil))
	fmt.Printf("%t %v %5t|\n", true, false, true)
	fmt.Printf("%v %.3v %v\n", 1+2i, complex(1.23456, -7), complex64(3))
	fmt.Printf("%v %v %s %x %d\n", []byte("abc"), [3]byte{1, 2, 3}, []byte("abc"), []byte("abc"), []byte("abc"))
	fmt.Printf("%v %q %#v\n", []string{"a b", "c"}, []string{"a b", "c"}, []string{"a b", "c"})
	fmt.Printf("%#v %#v %#v %#v\n", []any{1, "x", nil, 2.0}, map[int]bool{2: true, 1: false}, struct{ A any }{7}, [2]bool{true})
	fmt.Printf("%*d|%-*d|%.*f|%[2]d %[1]d|%[3]*.[2]*[1]f\n", 5, 1, 5, 2, 2, 3.14159, 9, 8, 7)
	fmt.Printf("%d %s\n", "str", 5)
	fmt.Printf("%d\n", 1, 2)
	fmt.Printf("%d %d\n", 1)
	fmt.Printf("%!\n")
	fmt.Printf("%z\n", 3)
	fmt.Printf("%v %v %v\n", int8(-5), uint64(1<<63), uintptr(10))
	fmt.Printf("%6.2f%%\n", 99.5)
	fmt.Printf("%08.3f|%+08d|%x|%X\n", -3.14159, 42, -255, "hi")
	fmt.Printf("%p\n", nil)
	fmt.Printf("%v %v\n", struct{}{}, [0]int{})
	var e error = &myErr{7}
	w := fmt.Errorf("outer: %w", e)
	var target *myErr
	fmt.Println(w, errors.Is(w, e), errors.As(w, &target), target.code, errors.Unwrap(w) == e)
	w2 := fmt.Errorf("two: %w and %w", e, io.EOF)
	fmt.Println(w2, errors.Is(w2, io.EOF))
	fmt.Println(errors.Join(e, io.EOF))
	fmt.Fprintln(os.Stdout, fmt.Sprint("a", 1, 2, "b", "c", 3.0), fmt.Sprintln("end"))
	fmt.Println(string(fmt.Appendf(nil, "%03d", 7)), string(fmt.Append(nil, 1, 2)), string(fmt.Appendln(nil, "x")))

	var a, b int
	var s string
	var f float64
	k, err := fmt.Sscanf("10 0x1f word 2.5", "%d %v %s %g", &a, &b, &s, &f)
	fmt.Println(k, err, a, b, s, f)
	k, err = fmt.Sscan("7 8 nine", &a, &b, &s)
	fmt.Println(k, err, a, b, s)
	k, err = fmt.Sscanln("1 2", &a, &b, &s)
	fmt.Println(k, err)
	k, err = fmt.Fscan(strings.NewReader("3\n4"), &a, &b)
	fmt.Println(k, err, a, b)
	var r rune
	var t bool
	k, err = fmt.Sscanf("z true", "%c %t", &r, &t)
	fmt.Println(k, err, r, t)
	_, err = fmt.Sscan("abc", &a)
	fmt.Println(err)
}
