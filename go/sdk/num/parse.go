package num

// A ParseError says why a text is no number of the type asked for.
type ParseError struct {
	Text string // what was to be read
	Bits int    // the width of the type
	// Range is true if the text is a number that does not fit, false if it is none.
	Range bool
}

// Error returns the reason as text.
func (e *ParseError) Error() string {
	if e.Range {
		return "num: " + quote(e.Text) + " does not fit its type"
	}
	return "num: " + quote(e.Text) + " is not a decimal number"
}

// quote shortens long texts: they may come from outside.
func quote(s string) string {
	const most = 100
	if len(s) > most {
		s = s[:most] + "..."
	}
	return `"` + s + `"`
}

// parse reads an unsigned decimal number of at most that many bits.
func parse(s string, width int) (U256, error) {
	var x U256
	if s == "" {
		return x, &ParseError{Text: s, Bits: width}
	}
	inRange := true
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 {
			return U256{}, &ParseError{Text: s, Bits: width}
		}
		if !inRange {
			continue
		}
		product, ok1 := x.Mul(U256{10})
		sum, ok2 := product.Add(U256{uint64(d)})
		x = sum
		inRange = ok1 && ok2 && x.BitLen() <= width
	}
	if !inRange {
		return U256{}, &ParseError{Text: s, Bits: width, Range: true}
	}
	return x, nil
}

// parseSigned reads a decimal number with an optional minus sign, and gives its two's complement.
func parseSigned(s string, width int) (U256, error) {
	negative := len(s) > 0 && s[0] == '-'
	digits := s
	if negative {
		digits = s[1:]
	}
	x, err := parse(digits, 256)
	if err != nil {
		e := *err.(*ParseError)
		e.Text, e.Bits = s, width
		return U256{}, &e
	}
	limit := U256{1}.shl(uint(width - 1))
	if limit.Less(x) || x == limit && !negative {
		return U256{}, &ParseError{Text: s, Bits: width, Range: true}
	}
	if negative {
		x = x.negate()
	}
	return x, nil
}

// negate returns the two's complement of x.
func (x U256) negate() U256 {
	y, _ := U256{}.Sub(x)
	return y
}
