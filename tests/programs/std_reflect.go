// Package reflect: types, values, tags, methods, calls, and types made at run time.
package main

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
)

type base struct{ ID int }

func (b base) Describe() string { return fmt.Sprint("base ", b.ID) }
func (b *base) SetID(id int)    { b.ID = id }
func (b base) hidden()          {}
func (b base) Add(n int, f float64, s ...string) (int, string) {
	return b.ID + n, fmt.Sprint(f, s)
}

type rec struct {
	base
	Name  string `json:"name,omitempty" db:"n"`
	inner int8
	Next  *rec
	Fn    func(int) string
	M     map[string][]int
	Ch    chan<- int
	Any   any
	Arr   [3]uint16
}

type big struct {
	A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R int64
}

type shape interface {
	Describe() string
}

type callee struct{ log []string }

func (c *callee) Big(b big, a [4]int32) (big, [2]string, error) {
	b.A, b.R = b.R, b.A
	return b, [2]string{fmt.Sprint(a), "second"}, nil
}

func (c *callee) Many(i8 int8, u8 uint8, i16 int16, u16 uint16, i64 int64, f32 float32, c128 complex128, b bool, s string, sl []int, e error) string {
	return fmt.Sprint(i8, u8, i16, u16, i64, f32, c128, b, s, sl, e)
}

func main() {
	t := reflect.TypeOf(rec{})
	fmt.Println(t, t.Kind(), t.Name(), t.PkgPath(), t.NumField(), t.Comparable())
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		fmt.Printf("%s %s %q anon=%v exported=%v index=%v pkg=%q\n", f.Name, f.Type, f.Tag, f.Anonymous, f.IsExported(), f.Index, f.PkgPath)
	}
	f, ok := t.FieldByName("ID")
	fmt.Println(f.Name, f.Index, ok, t.Field(1).Tag.Get("json"), t.Field(1).Tag.Get("db"))

	for _, x := range []any{base{}, &base{}, rec{}, &rec{}} {
		mt := reflect.TypeOf(x)
		fmt.Print(mt, ":")
		for i := 0; i < mt.NumMethod(); i++ {
			m := mt.Method(i)
			fmt.Print(" ", m.Name, " ", m.Type)
		}
		fmt.Println()
	}
	it := reflect.TypeOf((*shape)(nil)).Elem()
	fmt.Println(it, it.Kind(), it.NumMethod(), it.Method(0).Name, it.Method(0).Type, reflect.TypeOf(base{}).Implements(it), t.Implements(it))

	b := &base{5}
	v := reflect.ValueOf(b)
	v.MethodByName("SetID").Call([]reflect.Value{reflect.ValueOf(9)})
	fmt.Println(b.ID, v.MethodByName("Describe").Call(nil)[0], v.MethodByName("nope").IsValid())
	out := v.MethodByName("Add").Call([]reflect.Value{reflect.ValueOf(1), reflect.ValueOf(2.5), reflect.ValueOf("x"), reflect.ValueOf("y")})
	fmt.Println(out[0].Int(), out[1].String())
	out = v.MethodByName("Add").CallSlice([]reflect.Value{reflect.ValueOf(1), reflect.ValueOf(2.5), reflect.ValueOf([]string{"s"})})
	fmt.Println(out[0].Int(), out[1].String())
	m, _ := v.Type().MethodByName("Add")
	out = m.Func.Call([]reflect.Value{v, reflect.ValueOf(2), reflect.ValueOf(0.5)})
	fmt.Println(out[0].Int(), out[1].String(), m.Type)
	describe := v.MethodByName("Describe").Interface().(func() string)
	fmt.Println(describe())
	var sh shape = b
	fmt.Println(reflect.ValueOf(&sh).Elem().Method(0).Call(nil)[0])

	c := &callee{}
	cv := reflect.ValueOf(c)
	out = cv.MethodByName("Big").Call([]reflect.Value{reflect.ValueOf(big{A: 1, R: 2}), reflect.ValueOf([4]int32{1, 2, 3, 4})})
	fmt.Println(out[0].Field(0).Int(), out[0].Field(17).Int(), out[1].Interface(), out[2].IsNil())
	out = cv.MethodByName("Many").Call([]reflect.Value{
		reflect.ValueOf(int8(-1)), reflect.ValueOf(uint8(255)), reflect.ValueOf(int16(-300)), reflect.ValueOf(uint16(65535)),
		reflect.ValueOf(int64(-1 << 40)), reflect.ValueOf(float32(1.5)), reflect.ValueOf(1 + 2i), reflect.ValueOf(true),
		reflect.ValueOf("str"), reflect.ValueOf([]int{1, 2}), reflect.Zero(reflect.TypeOf((*error)(nil)).Elem())})
	fmt.Println(out[0])
	bigf := cv.MethodByName("Big").Interface().(func(big, [4]int32) (big, [2]string, error))
	rb, rs, re := bigf(big{A: 7, R: 8}, [4]int32{9})
	fmt.Println(rb.A, rb.R, rs, re)

	swap := func(in []reflect.Value) []reflect.Value { return []reflect.Value{in[1], in[0]} }
	var intSwap func(int, int) (int, int)
	reflect.ValueOf(&intSwap).Elem().Set(reflect.MakeFunc(reflect.TypeOf(intSwap), swap))
	fmt.Println(intSwap(1, 2))
	var strSwap func(string, float64) (float64, string)
	reflect.ValueOf(&strSwap).Elem().Set(reflect.MakeFunc(reflect.TypeOf(strSwap), swap))
	fmt.Println(strSwap("a", 2.5))
	var bigSwap func(big, [2]string) ([2]string, big)
	reflect.ValueOf(&bigSwap).Elem().Set(reflect.MakeFunc(reflect.TypeOf(bigSwap), swap))
	x, y := bigSwap(big{Q: 3}, [2]string{"p", "q"})
	fmt.Println(x, y.Q)

	r := rec{Name: "r", M: map[string][]int{"k": {1}}}
	rv := reflect.ValueOf(&r).Elem()
	rv.FieldByName("Name").SetString("set")
	rv.FieldByName("ID").SetInt(3)
	rv.FieldByName("Arr").Index(1).SetUint(77)
	rv.FieldByName("M").SetMapIndex(reflect.ValueOf("z"), reflect.ValueOf([]int{4, 5}))
	rv.FieldByName("Any").Set(reflect.ValueOf(1.5))
	fmt.Println(r.Name, r.ID, r.Arr, r.M, r.Any, rv.FieldByName("inner").CanSet())
	keys := rv.FieldByName("M").MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
	fmt.Println(keys, rv.FieldByName("M").MapIndex(reflect.ValueOf("k")))
	iter := reflect.ValueOf(map[int]string{1: "one"}).MapRange()
	for iter.Next() {
		fmt.Println(iter.Key(), iter.Value())
	}

	s := reflect.MakeSlice(reflect.TypeOf([]int(nil)), 0, 1)
	for i := 0; i < 5; i++ {
		s = reflect.Append(s, reflect.ValueOf(i*i))
	}
	fmt.Println(s.Interface(), s.Len(), s.Slice(1, 3), reflect.Indirect(reflect.New(s.Type())).IsNil())
	fmt.Println(reflect.MapOf(reflect.TypeOf(""), reflect.TypeOf(0)), reflect.SliceOf(t), reflect.ArrayOf(2, t), reflect.PointerTo(t), reflect.ChanOf(reflect.RecvDir, t))
	fmt.Println(reflect.MapOf(reflect.TypeOf(""), reflect.TypeOf(0)) == reflect.TypeOf(map[string]int{}))
	ft := reflect.FuncOf([]reflect.Type{reflect.TypeOf(0), reflect.TypeOf([]string(nil))}, []reflect.Type{reflect.TypeOf(true)}, true)
	fmt.Println(ft, ft.IsVariadic(), ft == reflect.TypeOf(func(int, ...string) bool { return false }))
	nm := reflect.MakeMap(reflect.MapOf(reflect.TypeOf(int8(0)), reflect.TypeOf(point{})))
	nm.SetMapIndex(reflect.ValueOf(int8(3)), reflect.ValueOf(point{1, 2}))
	fmt.Println(nm.Interface(), nm.Len())
	st := reflect.StructOf([]reflect.StructField{
		{Name: "A", Type: reflect.TypeOf(0), Tag: `json:"a"`},
		{Name: "B", Type: reflect.TypeOf(""), Tag: `x:"y"`},
	})
	sv := reflect.New(st).Elem()
	sv.Field(0).SetInt(12)
	sv.Field(1).SetString("bee")
	fmt.Printf("%v %+v %v\n", st, sv.Interface(), st.Field(0).Tag)
	av := reflect.New(reflect.ArrayOf(3, reflect.TypeOf(""))).Elem()
	av.Index(2).SetString("last")
	fmt.Printf("%q\n", av.Interface())

	fmt.Println(reflect.DeepEqual(map[string][]int{"a": {1}}, map[string][]int{"a": {1}}), reflect.DeepEqual(r, rec{}))
	fmt.Println(reflect.ValueOf(3.9).Convert(reflect.TypeOf(0)), reflect.ValueOf(65).Convert(reflect.TypeOf("")), reflect.TypeOf(0).ConvertibleTo(reflect.TypeOf("")), reflect.ValueOf([]byte("hi")).Convert(reflect.TypeOf("")))
	list := []string{"b", "c", "a"}
	reflect.Swapper(list)(0, 2)
	fmt.Println(list, reflect.Copy(reflect.ValueOf(list), reflect.ValueOf([]string{"z"})), list)
	fmt.Println(reflect.Zero(t).IsZero(), reflect.ValueOf((*int)(nil)).IsNil(), reflect.ValueOf(nil).IsValid())
	ch := make(chan int, 2)
	chv := reflect.ValueOf(ch)
	chv.Send(reflect.ValueOf(8))
	got, ok := chv.Recv()
	fmt.Println(got, ok, chv.Len(), chv.Cap())
	fmt.Println(reflect.TypeFor[strings.Builder](), reflect.TypeFor[map[string]*[]chan error](), reflect.TypeOf(pair[int, point]{}))
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.ValueOf("x").Int()
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.ValueOf(strings.ToUpper).Call(nil)
	}()
}

type point struct{ X, Y int }

type pair[K, V any] struct {
	Key K
	Val V
}
