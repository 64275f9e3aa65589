package runtime

import "internal/abi"

// Run-time errors as values. Where nothing is deferred, nobody sees them: then the panics of this package print their
// messages without making values (see panic.go).

// The Error interface identifies a run time error.
type Error interface {
	error

	// RuntimeError tells run-time errors from ordinary ones.
	RuntimeError()
}

// An errorString is a run-time error described by its text.
type errorString string

// RuntimeError marks a run-time error.
func (e errorString) RuntimeError() {}

// Error returns the message.
func (e errorString) Error() string { return errorPrefix + string(e) }

// What package math/bits panics with, by the name that it links them under.
var (
	overflowError = error(errorString("integer overflow"))
	divideError   = error(errorString("integer divide by zero"))
)

// A plainError is an error of the runtime whose text says all.
type plainError string

// RuntimeError marks a run-time error.
func (e plainError) RuntimeError() {}

// Error returns the message.
func (e plainError) Error() string { return string(e) }

// A PanicNilError happens when code calls panic(nil).
type PanicNilError struct {
	// Values cannot be compared, so nobody comes to rely on their identity.
	_ [0]func()
}

// Error returns the message.
func (*PanicNilError) Error() string { return panicNilText }

// RuntimeError marks a run-time error.
func (*PanicNilError) RuntimeError() {}

// A TypeAssertionError explains a failed type assertion.
type TypeAssertionError struct {
	// iface is the type of the operand, nil where it has no methods.
	iface *abi.Type
	// have is its dynamic type, nil for a nil interface.
	have *abi.Type
	want *abi.Type
	// missing is a method that have lacks.
	missing string
}

// RuntimeError marks a run-time error.
func (*TypeAssertionError) RuntimeError() {}

// Error returns the message.
func (e *TypeAssertionError) Error() string {
	text := "interface conversion: "
	if e.missing != "" {
		return text + typeString(e.have) + " is not " + typeString(e.want) + ": missing method " + e.missing
	}
	if e.iface == nil {
		text += "interface is "
	} else {
		text += typeString(e.iface) + " is "
	}
	want := typeString(e.want)
	if e.have == nil {
		return text + "nil, not " + want
	}
	have := typeString(e.have)
	text += have + ", not " + want
	if have == want {
		if typePkgPath(e.have) != typePkgPath(e.want) {
			return text + " (types from different packages)"
		}
		text += " (types from different scopes)"
	}
	return text
}

// A boundsError is an index or slice expression that is out of range.
type boundsError struct {
	x      int64
	y      int
	signed bool
	code   uint8
}

// RuntimeError marks a run-time error.
func (e boundsError) RuntimeError() {}

// Error returns the message.
func (e boundsError) Error() string {
	format := e.format()
	text := []byte(errorPrefix)
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			text = append(text, format[i])
			continue
		}
		i++
		if format[i] == 'y' {
			text = append(text, itoa(int64(e.y))...)
		} else if e.signed {
			text = append(text, itoa(e.x)...)
		} else {
			text = append(text, utoa(uint64(e.x))...)
		}
	}
	return string(text)
}

// itoa returns the decimal representation of v.
func itoa(v int64) string {
	if v < 0 {
		return "-" + utoa(-uint64(v))
	}
	return utoa(uint64(v))
}

// utoa returns the decimal representation of v.
func utoa(v uint64) string {
	var buf [20]byte
	i := len(buf)
	for {
		i--
		buf[i] = byte(v%10) + '0'
		v /= 10
		if v == 0 {
			return string(buf[i:])
		}
	}
}
