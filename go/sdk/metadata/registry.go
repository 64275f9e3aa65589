package metadata

// A Registry is a list of types that refer to each other by number. Its zero value is empty.
type Registry struct {
	types []Type
	known map[string]TypeID // by their encoding
}

// Add adds a type and returns its number. The same type is added only once. Types that refer to themselves are made
// with [Registry.Reserve].
func (r *Registry) Add(t Type) TypeID {
	encoded := string(t.append(nil))
	if id, ok := r.known[encoded]; ok {
		return id
	}
	id := r.Reserve()
	r.types[id] = t
	if r.known == nil {
		r.known = make(map[string]TypeID)
	}
	r.known[encoded] = id
	return id
}

// Reserve returns the number of a type that [Registry.Define] is going to describe.
func (r *Registry) Reserve() TypeID {
	r.types = append(r.types, Type{})
	return TypeID(len(r.types) - 1)
}

// Define describes a type whose number [Registry.Reserve] has given out.
func (r *Registry) Define(id TypeID, t Type) { r.types[id] = t }

// Len returns the number of types.
func (r *Registry) Len() int { return len(r.types) }

// Primitive returns a primitive type.
func (r *Registry) Primitive(p Primitive) TypeID { return r.Add(Type{Def: p}) }

// Sequence returns the type of sequences.
func (r *Registry) Sequence(elem TypeID) TypeID { return r.Add(Type{Def: Sequence{elem}}) }

// Bytes returns the type of sequences of bytes.
func (r *Registry) Bytes() TypeID { return r.Sequence(r.Primitive(U8)) }

// Array returns the type of arrays of n elements.
func (r *Registry) Array(n uint32, elem TypeID) TypeID { return r.Add(Type{Def: Array{n, elem}}) }

// ByteArray returns the type of arrays of n bytes.
func (r *Registry) ByteArray(n uint32) TypeID { return r.Array(n, r.Primitive(U8)) }

// Compact returns the type of compact integers.
func (r *Registry) Compact(elem TypeID) TypeID { return r.Add(Type{Def: Compact{elem}}) }

// Tuple returns the type of tuples; the empty one is the type without values to encode.
func (r *Registry) Tuple(parts ...TypeID) TypeID { return r.Add(Type{Def: Tuple(parts)}) }

// Option returns the type of values that may be absent.
func (r *Registry) Option(elem TypeID) TypeID {
	return r.Add(Type{
		Path:   []string{"Option"},
		Params: []Param{{"T", elem}},
		Def: Variant{[]Case{
			{Name: "None", Index: 0},
			{Name: "Some", Index: 1, Fields: []Field{{Type: elem}}},
		}},
	})
}

// Result returns the type of results.
func (r *Registry) Result(ok, err TypeID) TypeID {
	return r.Add(Type{
		Path:   []string{"Result"},
		Params: []Param{{"T", ok}, {"E", err}},
		Def: Variant{[]Case{
			{Name: "Ok", Index: 0, Fields: []Field{{Type: ok}}},
			{Name: "Err", Index: 1, Fields: []Field{{Type: err}}},
		}},
	})
}

// Struct returns a composite type. path is as for [Type.Path].
func (r *Registry) Struct(path []string, fields ...Field) TypeID {
	return r.Add(Type{Path: path, Def: Composite{fields}})
}

// Enum returns a type with cases. path is as for [Type.Path].
func (r *Registry) Enum(path []string, cases ...Case) TypeID {
	return r.Add(Type{Path: path, Def: Variant{cases}})
}
