package main

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deeply objects and arrays may be nested in each other.
const maxDepth = 16

// A parser reads a JSON document (RFC 8259) whose fields are known, from front to back. It keeps the first error,
// after which nothing is read any more. The package of the standard library would do as well, at twenty times the
// size of this runtime's other code.
type parser struct {
	text  []byte
	at    int
	depth int
	err   error
}

// fail notes what is wrong at the current place.
func (p *parser) fail(what string) {
	if p.err == nil {
		p.err = genesisError("genesis document: " + what + " (offset " + strconv.Itoa(p.at) + ")")
	}
}

// finish returns the first error. Text behind the document is one.
func (p *parser) finish() error {
	if p.peek() != 0 || p.err == nil && p.at < len(p.text) {
		p.fail("text behind the end")
	}
	return p.err
}

// peek skips white space and returns the next character; 0 at the end or after an error.
func (p *parser) peek() byte {
	for p.err == nil && p.at < len(p.text) {
		switch c := p.text[p.at]; c {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return c
		}
	}
	return 0
}

// take reads a character if it is the next one.
func (p *parser) take(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.at++
	return true
}

func (p *parser) expect(c byte) {
	if !p.take(c) {
		p.fail("expected '" + string(rune(c)) + "'")
	}
}

// list reads what stands between two brackets, separated by commas.
func (p *parser) list(open, end byte, element func()) {
	p.expect(open)
	if p.depth++; p.depth > maxDepth {
		p.fail("nested too deeply")
	}
	if !p.take(end) {
		for p.err == nil {
			element()
			if p.take(end) {
				break
			}
			p.expect(',')
		}
	}
	p.depth--
}

// array reads an array and calls element to read each of its elements.
func (p *parser) array(element func()) { p.list('[', ']', element) }

// object reads an object and calls value to read the value of each of its fields; value reports false for a field
// that there is not. A field may be there only once.
func (p *parser) object(value func(field string) bool) {
	var seen []string
	p.list('{', '}', func() {
		field := p.string()
		p.expect(':')
		for _, s := range seen {
			if s == field {
				p.fail("field " + quote(field) + " is there twice")
			}
		}
		seen = append(seen, field)
		if p.err == nil && !value(field) {
			p.fail("unknown field " + quote(field))
		}
	})
}

// quote puts a field's name into an error. The name is valid UTF-8; what it is made of is the document's affair.
func quote(field string) string { return "'" + field + "'" }

// number reads a number without fraction, exponent and sign.
func (p *parser) number() string {
	p.peek()
	start := p.at
	for p.err == nil && p.at < len(p.text) && '0' <= p.text[p.at] && p.text[p.at] <= '9' {
		p.at++
	}
	digits := string(p.text[start:p.at])
	if digits == "" || len(digits) > 1 && digits[0] == '0' {
		p.fail("expected a whole number")
	}
	return digits
}

// string reads a string.
func (p *parser) string() string {
	p.expect('"')
	var text []byte
	for p.err == nil {
		if p.at == len(p.text) {
			p.fail("string without an end")
			break
		}
		c := p.text[p.at]
		p.at++
		switch {
		case c == '"':
			if !utf8.Valid(text) {
				p.fail("string is not valid UTF-8")
			}
			return string(text)
		case c < ' ':
			p.fail("control character in a string")
		case c == '\\':
			text = utf8.AppendRune(text, p.escape())
		default:
			text = append(text, c)
		}
	}
	return ""
}

// escape reads what follows a backslash.
func (p *parser) escape() rune {
	if p.at == len(p.text) {
		p.fail("string without an end")
		return 0
	}
	c := p.text[p.at]
	p.at++
	switch c {
	case '"', '\\', '/':
		return rune(c)
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'u':
		r := p.hex4()
		if utf16.IsSurrogate(r) {
			if p.at+1 < len(p.text) && p.text[p.at] == '\\' && p.text[p.at+1] == 'u' {
				p.at += 2
				return utf16.DecodeRune(r, p.hex4())
			}
			return utf8.RuneError
		}
		return r
	}
	p.fail("unknown escape in a string")
	return 0
}

// hex4 reads four hexadecimal digits.
func (p *parser) hex4() (r rune) {
	for range 4 {
		if p.at == len(p.text) {
			p.fail("string without an end")
			return 0
		}
		v, ok := hexDigit(p.text[p.at])
		if !ok {
			p.fail("expected a hexadecimal digit")
			return 0
		}
		p.at++
		r = r<<4 | rune(v)
	}
	return r
}

func hexDigit(c byte) (v byte, ok bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}
