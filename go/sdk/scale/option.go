package scale

// An Option is a value that may be absent (Polkadot specification, definition "Option Type"). Its zero value is
// absent.
type Option[T any] struct {
	value T
	some  bool
}

// Some returns an option with a value.
func Some[T any](v T) Option[T] { return Option[T]{v, true} }

// None returns an option without a value.
func None[T any]() Option[T] { return Option[T]{} }

// Get returns the value and true, or false where there is none.
func (o Option[T]) Get() (v T, ok bool) { return o.value, o.some }

// IsSome reports whether there is a value.
func (o Option[T]) IsSome() bool { return o.some }

// Or returns the value, or v where there is none.
func (o Option[T]) Or(v T) T {
	if o.some {
		return o.value
	}
	return v
}

// AppendOption appends 0 for an absent value, else 1 and the value.
func AppendOption[T any](b []byte, o Option[T], put Put[T]) []byte {
	if !o.some {
		return append(b, 0)
	}
	return put(&o.value, append(b, 1))
}

// SizeOption returns the length of the encoding of an option.
func SizeOption[T any](o Option[T], size Size[T]) int {
	if !o.some {
		return 1
	}
	return 1 + size(&o.value)
}

// DecodeOption reads an option.
func DecodeOption[T any](d *Decoder, get Get[T]) (o Option[T]) {
	if d.Tag(2) == 1 {
		get(&o.value, d)
		o.some = d.err == nil
	}
	return o
}

// AppendOptionBool appends an optional boolean in the form of one byte that the reference implementation calls
// OptionBool: 0 for an absent value, 1 for true and 2 for false. The ordinary form is that of [AppendOption].
func AppendOptionBool(b []byte, o Option[bool]) []byte {
	switch {
	case !o.some:
		return append(b, 0)
	case o.value:
		return append(b, 1)
	}
	return append(b, 2)
}

// OptionBool reads an optional boolean in the form of one byte.
func (d *Decoder) OptionBool() Option[bool] {
	switch d.Tag(3) {
	case 1:
		return Some(true)
	case 2:
		return Some(false)
	}
	return None[bool]()
}

// A Result is the outcome of something that may fail (Polkadot specification, definition "Result Type"): a T, or
// an E that says why there is none. Its zero value is the zero T.
type Result[T, E any] struct {
	ok     T
	err    E
	failed bool
}

// Ok returns the result of a success.
func Ok[T, E any](v T) Result[T, E] { return Result[T, E]{ok: v} }

// Err returns the result of a failure.
func Err[T, E any](e E) Result[T, E] { return Result[T, E]{err: e, failed: true} }

// IsOk reports whether it is a success.
func (r Result[T, E]) IsOk() bool { return !r.failed }

// Get returns the value of a success and true, or false for a failure.
func (r Result[T, E]) Get() (v T, ok bool) { return r.ok, !r.failed }

// GetErr returns the value of a failure and true, or false for a success.
func (r Result[T, E]) GetErr() (e E, failed bool) { return r.err, r.failed }

// AppendResult appends 0 and the value of a success, or 1 and that of a failure.
func AppendResult[T, E any](b []byte, r Result[T, E], putOk Put[T], putErr Put[E]) []byte {
	if r.failed {
		return putErr(&r.err, append(b, 1))
	}
	return putOk(&r.ok, append(b, 0))
}

// SizeResult returns the length of the encoding of a result.
func SizeResult[T, E any](r Result[T, E], sizeOk Size[T], sizeErr Size[E]) int {
	if r.failed {
		return 1 + sizeErr(&r.err)
	}
	return 1 + sizeOk(&r.ok)
}

// DecodeResult reads a result.
func DecodeResult[T, E any](d *Decoder, getOk Get[T], getErr Get[E]) (r Result[T, E]) {
	if d.Tag(2) == 1 {
		r.failed = true
		getErr(&r.err, d)
	} else {
		getOk(&r.ok, d)
	}
	return r
}
