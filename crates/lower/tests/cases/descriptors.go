// Decision record 0004: the bytes of type descriptors.
//
// data: type:int
// data: type:string
// data: type:main.node
// data: type:*main.node
// data: type:[]int
// data: type:[3]bool
// data: type:func(int, ...string) bool
// data: type:main.stringer
// data: type:struct {}
package main

type node struct {
	next  *node
	Value int64 "a tag"
}

func (n *node) String() string { return "node" }

type stringer interface{ String() string }

var values = []any{
	0, "", node{}, []int{}, [3]bool{}, (func(int, ...string) bool)(nil), struct{}{}, (*stringer)(nil), (*node)(nil),
}

func text(x any) string {
	if s, ok := x.(stringer); ok {
		return s.String()
	}
	return ""
}

func main() {
	for _, v := range values {
		text(v)
	}
}
