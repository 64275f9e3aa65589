// The results of a call as all arguments of a predeclared function or one of package unsafe.
package main

import "unsafe"

var bytes = [5]byte{'h', 'e', 'l', 'l', 'o'}

func pointer() (*byte, uint8)          { return &bytes[1], 3 }
func address() (unsafe.Pointer, int64) { return unsafe.Pointer(&bytes), 4 }
func two() (int, int)                  { return 3, -4 }
func three() (string, string, string)  { return "b", "a", "c" }
func floats() (float64, float64)       { return 1.5, -2 }
func slices() ([]byte, string)         { return bytes[:], "HE" }
func elems() ([]any, int, string)      { return nil, 1, "one" }
func entry() (map[any]int, string)     { return table, "gone" }

var table = map[any]int{"gone": 1, "here": 2}

func main() {
	println(min(two()), max(two()), min(three()), max(three()), max(floats()))
	println(unsafe.String(pointer()), string(unsafe.Slice(pointer())), *(*byte)(unsafe.Add(address())))
	println(complex(floats()))
	println(copy(slices()), string(bytes[:]))
	s := append(elems())
	println(len(s), s[1].(string))
	delete(entry())
	println(len(table))
	print(two())
	println()
	println(three())
}
