package main

import (
	"encoding/json"
	"fmt"

	"polkago.dev/sdk/num"
	"polkago.dev/sdk/scale"
)

//go:generate polkago generate

// The types of the vectors that have parts. Their methods are generated.

// tuple is (u8, string, bool).
//
//polkago:scale
type tuple struct {
	a uint8
	b string
	c bool
}

func readTuple(text json.RawMessage) (t tuple, err error) {
	parts, err := lists(text)
	if err != nil || len(parts) != 3 {
		return t, fmt.Errorf("tuple %s", text)
	}
	var errs [3]error
	t.a, errs[0] = unsigned[uint8](8)(parts[0])
	t.b, errs[1] = plain[string](parts[1])
	t.c, errs[2] = plain[bool](parts[2])
	for _, err := range errs {
		if err != nil {
			return t, err
		}
	}
	return t, nil
}

// shape is an enumeration with explicit indices.
//
//polkago:scale enum
type shape interface{ isShape() }

//polkago:scale shape 0
type empty struct{}

//polkago:scale shape 1
type circle struct{ radius uint32 }

//polkago:scale shape 2
type rect struct{ w, h uint16 }

//polkago:scale shape 9
type named struct{ name string }

func (empty) isShape()  {}
func (circle) isShape() {}
func (rect) isShape()   {}
func (named) isShape()  {}

func readShape(text json.RawMessage) (shape, error) {
	if name, err := plain[string](text); err == nil && name == "Empty" {
		return empty{}, nil
	}
	form, err := plain[struct {
		Circle json.RawMessage
		Rect   *struct{ W, H json.RawMessage }
		Named  *string
	}](text)
	switch {
	case err != nil:
		return nil, err
	case form.Circle != nil:
		radius, err := unsigned[uint32](32)(form.Circle)
		return circle{radius}, err
	case form.Rect != nil:
		w, err := unsigned[uint16](16)(form.Rect.W)
		if err != nil {
			return nil, err
		}
		h, err := unsigned[uint16](16)(form.Rect.H)
		return rect{w, h}, err
	case form.Named != nil:
		return named{*form.Named}, nil
	}
	return nil, fmt.Errorf("shape %s", text)
}

//polkago:scale
type transfer struct {
	from  [32]byte
	to    scale.Option[[4]byte]
	value num.U128 `scale:"compact"`
	memo  string
	ok    bool
}

func readTransfer(text json.RawMessage) (t transfer, err error) {
	form, err := plain[struct {
		From, To, Value json.RawMessage
		Memo            string
		Ok              bool
	}](text)
	if err != nil {
		return t, err
	}
	if err = readArray(form.From, t.from[:]); err != nil {
		return t, err
	}
	if t.to, err = readOption(form.To, readArray4); err != nil {
		return t, err
	}
	t.value, err = parsed(num.ParseU128)(form.Value)
	t.memo, t.ok = form.Memo, form.Ok
	return t, err
}
