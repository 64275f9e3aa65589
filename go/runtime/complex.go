package runtime

// complex128div returns n/m. The parts of the result are infinite or NaN where Annex G of the C standard says so.
func complex128div(n, m complex128) complex128 {
	a, b := real(n), imag(n)
	c, d := real(m), imag(m)

	// Smith's method: divide by the larger part first, so that no square overflows.
	var e, f float64
	if fabs(c) >= fabs(d) {
		ratio := d / c
		denom := c + ratio*d
		e = (a + b*ratio) / denom
		f = (b - a*ratio) / denom
	} else {
		ratio := c / d
		denom := d + ratio*c
		e = (a*ratio + b) / denom
		f = (b*ratio - a) / denom
	}
	if e == e || f == f {
		return complex(e, f)
	}

	switch {
	case c == 0 && d == 0 && (a == a || b == b):
		inf := fcopysign(1/fzero, c)
		e = inf * a
		f = inf * b
	case (finf(a) || finf(b)) && ffinite(c) && ffinite(d):
		a, b = box(a), box(b)
		e = 1 / fzero * (a*c + b*d)
		f = 1 / fzero * (b*c - a*d)
	case (finf(c) || finf(d)) && ffinite(a) && ffinite(b):
		c, d = box(c), box(d)
		e = 0 * (a*c + b*d)
		f = 0 * (b*c - a*d)
	}
	return complex(e, f)
}

// fzero is a variable, because dividing a constant by zero is an error.
var fzero float64

func fabs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}

func finf(x float64) bool { return x-x != x-x && x == x }

func ffinite(x float64) bool { return x-x == 0 }

// fcopysign returns x with the sign of y.
func fcopysign(x, y float64) float64 {
	if y < 0 || y == 0 && 1/y < 0 {
		return -fabs(x)
	}
	return fabs(x)
}

// box returns 1 or 0 for an infinite or finite x, with the sign of x.
func box(x float64) float64 {
	if finf(x) {
		return fcopysign(1, x)
	}
	return fcopysign(0, x)
}
