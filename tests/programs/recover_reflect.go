// Functions and methods that a panic calls through package reflect may recover; what they call may not.
package main

import "reflect"

type T struct{ name string }

func (t T) Recover()       { println("value", t.name, recover() != nil) }
func (t *T) Pointer()      { println("pointer", t.name, recover() != nil) }
func (t T) Indirect()      { indirect() }
func (t T) Args(a, b int)  { println("args", a, b, recover() != nil) }
func indirect()            { println("indirect", recover() != nil) }
func try(f func(f func())) { f(func() { println("rest", recover() != nil) }) }

func main() {
	t := &T{"t"}
	for i := range reflect.TypeOf(t).NumMethod() {
		m := reflect.ValueOf(t).Method(i)
		try(func(rest func()) {
			defer rest()
			switch f := m.Interface().(type) {
			case func():
				defer f()
			case func(a, b int):
				defer f(1, 2)
			}
			panic(reflect.TypeOf(t).Method(i).Name)
		})
	}
	made := reflect.MakeFunc(reflect.TypeFor[func()](), func([]reflect.Value) []reflect.Value {
		println("made", recover() != nil)
		return nil
	})
	try(func(rest func()) {
		defer rest()
		defer made.Interface().(func())()
		panic("made")
	})
	t.Recover()
	made.Call(nil)
}
