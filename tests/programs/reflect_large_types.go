// Values of large types made by package reflect keep what they refer to; functions can be made of types that no function
// of the program has.
package main

import (
	"fmt"
	"reflect"
	"runtime"
)

type node struct {
	n    int
	next *node
}

type K string
type V float32

type pair struct {
	n int
	p *node
}

func fill(v reflect.Value) {
	for i := 0; i < v.Len(); i += 997 {
		v.Index(i).Field(1).Set(reflect.ValueOf(&node{i, &node{n: -i}}))
	}
}

func check(v reflect.Value) (sum int) {
	for i := 0; i < v.Len(); i += 997 {
		p := v.Index(i).Field(1).Interface().(*node)
		if p.n != i || p.next.n != -i {
			fmt.Println("lost", i, p.n, p.next.n)
		}
		sum += p.n
	}
	return sum
}

func garbage() {
	for range 3 {
		runtime.GC()
		var list *node
		for i := range 2000 {
			list = &node{i, list}
			if i%500 == 0 {
				list = nil
			}
		}
	}
}

func main() {
	elem := reflect.StructOf([]reflect.StructField{
		{Name: "N", Type: reflect.TypeFor[uint16]()},
		{Name: "P", Type: reflect.TypeFor[*node]()},
	})
	array := reflect.New(reflect.ArrayOf(20000, elem)).Elem()
	fill(array)
	wrapped := reflect.New(reflect.StructOf([]reflect.StructField{
		{Name: "A", Type: reflect.TypeFor[string]()},
		{Name: "B", Type: reflect.ArrayOf(3, array.Type())},
		{Name: "C", Type: reflect.TypeFor[[2]pair]()},
	})).Elem()
	wrapped.Field(0).SetString(fmt.Sprint("text ", 1))
	for i := range 3 {
		fill(wrapped.Field(1).Index(i))
	}
	wrapped.Field(2).Index(1).Set(reflect.ValueOf(pair{1, &node{2, &node{n: 3}}}))
	slice := reflect.MakeSlice(reflect.SliceOf(array.Type()), 2, 2)
	fill(slice.Index(1))
	garbage()
	fmt.Println(check(array), wrapped.Field(0))
	for i := range 3 {
		fmt.Println(check(wrapped.Field(1).Index(i)))
	}
	fmt.Println(wrapped.Field(2).Index(1).Interface().(pair).p.next.n)
	fmt.Println(check(slice.Index(1)))

	typ := reflect.FuncOf([]reflect.Type{reflect.TypeFor[K](), elem}, []reflect.Type{reflect.TypeFor[V](), elem, reflect.TypeFor[error]()}, false)
	f := reflect.MakeFunc(typ, func(args []reflect.Value) []reflect.Value {
		fmt.Println(args[0], args[1].Field(0))
		garbage()
		return []reflect.Value{reflect.ValueOf(V(1.5)), args[1], reflect.Zero(typ.Out(2))}
	})
	fmt.Println(f.Type())
	v := reflect.New(elem).Elem()
	v.Field(0).SetUint(7)
	v.Field(1).Set(reflect.ValueOf(&node{n: 8}))
	out := f.Call([]reflect.Value{reflect.ValueOf(K("key")), v})
	fmt.Println(out[0], out[1].Field(0), out[1].Field(1).Interface().(*node).n, out[2].IsNil())
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.MakeFunc(typ, func([]reflect.Value) []reflect.Value { panic("in it") }).Call([]reflect.Value{reflect.ValueOf(K("")), v})
	}()
}
