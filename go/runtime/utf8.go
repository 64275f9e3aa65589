package runtime

// UTF-8 for range over strings and conversions of runes; package unicode/utf8 is for programs.

const (
	runeError = '\uFFFD'
	runeMax   = '\U0010FFFF'
)

// decoderune decodes the rune of s that starts at byte k and gives the position behind it. What is not UTF-8 gives
// runeError and one byte.
func decoderune(s string, k int) (r rune, next int) {
	b := s[k]
	if b < 0x80 {
		return rune(b), k + 1
	}
	// The number of bytes behind the first, and the least rune that needs them.
	n, least := 0, rune(0)
	switch {
	case b < 0xC2:
		return runeError, k + 1
	case b < 0xE0:
		n, least, r = 1, 0x80, rune(b&0x1F)
	case b < 0xF0:
		n, least, r = 2, 0x800, rune(b&0x0F)
	case b < 0xF5:
		n, least, r = 3, 0x10000, rune(b&0x07)
	default:
		return runeError, k + 1
	}
	if k+n >= len(s) {
		return runeError, k + 1
	}
	for i := 1; i <= n; i++ {
		c := s[k+i]
		if c&0xC0 != 0x80 {
			return runeError, k + 1
		}
		r = r<<6 | rune(c&0x3F)
	}
	if r < least || r > runeMax || 0xD800 <= r && r <= 0xDFFF {
		return runeError, k + 1
	}
	return r, k + n + 1
}

// encoderune writes the UTF-8 encoding of r, or of runeError where r is no rune, and gives its length.
func encoderune(p *[4]byte, r rune) int {
	if uint32(r) > runeMax || 0xD800 <= r && r <= 0xDFFF {
		r = runeError
	}
	switch {
	case r < 0x80:
		p[0] = byte(r)
		return 1
	case r < 0x800:
		p[0] = 0xC0 | byte(r>>6)
		p[1] = 0x80 | byte(r)&0x3F
		return 2
	case r < 0x10000:
		p[0] = 0xE0 | byte(r>>12)
		p[1] = 0x80 | byte(r>>6)&0x3F
		p[2] = 0x80 | byte(r)&0x3F
		return 3
	}
	p[0] = 0xF0 | byte(r>>18)
	p[1] = 0x80 | byte(r>>12)&0x3F
	p[2] = 0x80 | byte(r>>6)&0x3F
	p[3] = 0x80 | byte(r)&0x3F
	return 4
}
