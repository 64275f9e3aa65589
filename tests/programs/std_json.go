// Package encoding/json: both ways, with tags, interfaces, embedded structs, streams and errors.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"time"
)

type level int

func (l level) MarshalText() ([]byte, error) { return []byte(fmt.Sprintf("L%d", int(l))), nil }
func (l *level) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "L%d", (*int)(l))
	return err
}

type temp float64

func (t temp) MarshalJSON() ([]byte, error) { return []byte(fmt.Sprintf("%.1f", float64(t))), nil }
func (t *temp) UnmarshalJSON(b []byte) error {
	var f float64
	if err := json.Unmarshal(b, &f); err != nil {
		return err
	}
	*t = temp(f)
	return nil
}

type Base struct {
	ID   int64 `json:"id"`
	Kind string
}

type doc struct {
	Base
	Name   string             `json:"name"`
	Opt    *int               `json:"opt,omitempty"`
	Skip   string             `json:"-"`
	Num    json.Number        `json:"num"`
	Raw    json.RawMessage    `json:"raw"`
	List   []float64          `json:"list"`
	Map    map[string]any     `json:"map"`
	Levels map[level]string   `json:"levels"`
	Level  level              `json:"level"`
	Temp   temp               `json:"temp"`
	Bytes  []byte             `json:"bytes"`
	Str    int                `json:"str,string"`
	Any    any                `json:"any"`
	When   time.Time          `json:"when"`
	Nested []map[string]*Base `json:"nested"`
	lower  int
}

func main() {
	n := 4
	d := doc{Base: Base{1 << 40, "k"}, Name: "é<&>\u2028", Opt: &n, Num: "12.50", Raw: json.RawMessage(`{"a": [1, 2]}`),
		List: []float64{1, 2.5, 1e21, 1e-7}, Map: map[string]any{"z": nil, "a": true, "m": []int{1}},
		Levels: map[level]string{2: "two", 1: "one"}, Level: 3, Temp: 36.6, Bytes: []byte("bytes"), Str: 9,
		Any: []any{"x", 1}, When: time.Date(2024, 2, 29, 12, 30, 0, 5e6, time.UTC), Nested: []map[string]*Base{{"q": {ID: 2}, "p": nil}}}
	out, err := json.Marshal(d)
	fmt.Println(string(out), err)
	out, err = json.MarshalIndent(map[string]any{"b": []int{1, 2}, "a": map[string]int{}}, ">", "  ")
	fmt.Println(string(out), err)
	var back doc
	in, _ := json.Marshal(d)
	fmt.Println(json.Unmarshal(in, &back))
	fmt.Printf("%+v %v\n", back.Base, *back.Opt)
	fmt.Println(back.Name, back.Num, string(back.Raw), back.List, back.Map, back.Levels, back.Level, back.Temp, string(back.Bytes), back.Str, back.Any, back.When, len(back.Nested))

	var v any
	fmt.Println(json.Unmarshal([]byte(`{"a":[1,2.5,"s",null,true,{"b":{}}],"u":"\u00e9\ud83d\ude00"}`), &v), v)
	for _, bad := range []string{`{`, `{"a":}`, `[1,]`, `"abc`, `nul`, `{"id":"x"}`, `{"id":1.5}`, `{"list":[1,"x"]}`, `1 2`, `{"level":"M"}`} {
		var x doc
		err := json.Unmarshal([]byte(bad), &x)
		var se *json.SyntaxError
		var te *json.UnmarshalTypeError
		switch {
		case errors.As(err, &se):
			fmt.Println("syntax", se.Offset, err)
		case errors.As(err, &te):
			fmt.Println("type", te.Field, te.Offset, err)
		default:
			fmt.Println(err)
		}
	}
	_, err = json.Marshal(math.Inf(1))
	fmt.Println(err)
	_, err = json.Marshal(make(chan int))
	fmt.Println(err)
	_, err = json.Marshal(map[string]any{"f": func() {}})
	fmt.Println(err)

	dec := json.NewDecoder(strings.NewReader(`{"a":1} {"a":2,"zz":3} [1,2]`))
	for {
		var x struct{ A int }
		if err := dec.Decode(&x); err == io.EOF {
			break
		} else if err != nil {
			fmt.Println(err)
			break
		}
		fmt.Println(x)
	}
	dec = json.NewDecoder(strings.NewReader(`{"a":1,"zz":3}`))
	dec.DisallowUnknownFields()
	var x struct{ A int }
	fmt.Println(dec.Decode(&x))
	dec = json.NewDecoder(strings.NewReader(`[{"k":1}, "s", 2.5]`))
	for {
		tok, err := dec.Token()
		if err != nil {
			break
		}
		fmt.Printf("%T %v;", tok, tok)
	}
	fmt.Println()
	enc := json.NewEncoder(os.Stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	enc.Encode(struct {
		H string
		E struct{} `json:"e"`
	}{H: "<b>"})
	var buf bytes.Buffer
	json.Compact(&buf, []byte("{ \"a\" : [ 1 , 2 ] }"))
	fmt.Println(buf.String(), json.Valid([]byte(`{"x":1}`)), json.Valid([]byte(`{x:1}`)))
	buf.Reset()
	json.HTMLEscape(&buf, []byte(`"<x>"`))
	fmt.Println(buf.String())
}
