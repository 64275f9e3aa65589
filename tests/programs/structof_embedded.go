// Methods of interfaces embedded in types made by reflect.StructOf panic when they are called; those of another type do
// not.
package main

import (
	"fmt"
	"reflect"
)

type named interface {
	Name() string
	Sum(a int, b float64, rest ...string) (int64, error, [20]byte)
}

type num int

func (n num) Name() string { return fmt.Sprint("num ", int(n)) }

func (n num) Sum(a int, b float64, rest ...string) (int64, error, [20]byte) {
	return int64(a) + int64(b) + int64(len(rest)), nil, [20]byte{1}
}

func try(what string, f func()) {
	defer func() { fmt.Println(what, "panics:", recover()) }()
	f()
}

func main() {
	iface := reflect.StructOf([]reflect.StructField{
		{Name: "Named", Type: reflect.TypeFor[named](), Anonymous: true},
		{Name: "N", Type: reflect.TypeFor[int]()},
	})
	v := reflect.New(iface).Elem()
	v.Field(0).Set(reflect.ValueOf(num(3)))
	fmt.Println(iface, iface.NumMethod(), iface.Implements(reflect.TypeFor[named]()))
	x, ok := v.Interface().(named)
	fmt.Println(ok)
	try("Name", func() { fmt.Println(x.Name()) })
	try("Sum", func() { fmt.Println(x.Sum(1, 2, "3")) })
	s, ok := v.Interface().(fmt.Stringer)
	fmt.Println(s, ok)
	only := reflect.TypeFor[interface{ Name() string }]()
	try("a smaller interface", func() {
		v.Convert(only).Interface().(interface{ Name() string }).Name()
	})
	try("the method by reflection", func() { v.MethodByName("Name").Call(nil) })

	typ := reflect.StructOf([]reflect.StructField{{Name: "Num", Type: reflect.TypeFor[num](), Anonymous: true}})
	v = reflect.New(typ).Elem()
	v.Field(0).Set(reflect.ValueOf(num(4)))
	x = v.Interface().(named)
	fmt.Println(x.Name())
	fmt.Println(x.Sum(1, 2, "3"))
	fmt.Println(v.MethodByName("Name").Call(nil)[0])
}
