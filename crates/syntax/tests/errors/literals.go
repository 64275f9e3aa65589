// Malformed literals. The parser goes on as if they were whole.

package p

const (
	a = 0b102 // ERROR "invalid digit '2' in binary literal"
	b = 0o8 // ERROR "invalid digit '8' in octal literal"
	c = 089 // ERROR "invalid digit '8' in octal literal"
	d = 0x // ERROR "hexadecimal literal has no digits"
	e = 0x/* ERROR "syntax error: unexpected name g in grouped declaration; possibly missing semicolon or newline or )" */ g // ERROR "hexadecimal literal has no digits"
	f = 1__0 // ERROR "'_' must separate successive digits"
	g = 0_x1 // ERROR "'_' must separate successive digits"
	h = 1_ // ERROR "'_' must separate successive digits"
	i = 0x1.8 // ERROR "hexadecimal mantissa requires a 'p' exponent"
	j = 1e // ERROR "exponent has no digits"
	k = 1p2 // ERROR "'p' exponent requires hexadecimal mantissa"
	l = 0b1e2 // ERROR "'e' exponent requires decimal mantissa"
	m = 0o1.5 // ERROR "invalid radix point in octal literal"
	n = 089.5
	o = 08i
	p = 1_000i
	q = '' // ERROR "empty rune literal or unescaped '"
	r = 'ab' // ERROR "more than one character in rune literal"
	s = '\q' // ERROR "unknown escape"
	t = '\400' // ERROR "octal escape value 256 > 255"
	u = '\ud800' // ERROR "escape is invalid Unicode code point U+D800"
	v = '\U00110000' // ERROR "escape is invalid Unicode code point U+110000"
	w = "\xg0" // ERROR "invalid character 'g' in hexadecimal escape"
	x = "\'" // ERROR "unknown escape"
	y = '\"' // ERROR "unknown escape"
	z = "unterminated // ERROR "newline in string"
	A = 'x // ERROR "newline in rune literal"
)

const B = `raw \q
string`
