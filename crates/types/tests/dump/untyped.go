package p

const big = 1 << 40

var (
	a int64   = big
	b float32 = 1
	c         = 'x' + 1
	d any     = 1.0
	e         = big >> 38
	f float64 = 1 << 3
	g         = "a" + "b"
	h         = -3 / 2
	i         = -3.0 / 2
	j         = 2i * 2i
)

func shift(n uint) (uint8, int64, bool) {
	x := 1 << n
	return 1 << n, 1<<n + 2, x == 1<<n
}

func conditions(p *int, s string) bool {
	if p == nil || s != "" {
		return !(s < "b")
	}
	return len(s) > len("abc")
}

type flag bool

func named(x, y int) flag { return x < y }
