// Constants: iota, typed and untyped arithmetic at any precision, big intermediate values.
package main

type weekday int

const (
	sunday weekday = iota
	monday
	tuesday
	_
	thursday
)

const (
	_  = iota
	kb = 1 << (10 * iota)
	mb
	gb
)

const (
	a, b = iota, iota * 10
	c, d
	e, f
)

const (
	flagA uint8 = 1 << iota
	flagB
	flagC
	mask = flagA | flagC
)

const (
	huge  = 1 << 200
	small = huge >> 198
	third = 1.0 / 3
	pi    = 3.14159265358979323846264338327950288419716939937510582097494459
	str   = "const" + "ant"
	size  = len(str)
	yes   = size > 3 && !false
	r     = 'a' + 1
	cplx  = (1 + 2i) * (1 - 2i)
	max   = ^uint64(0)
	neg   = -5 % 3
	hex   = 0x1p-2
)

func (d weekday) String() string { return [...]string{"Su", "Mo", "Tu", "We", "Th"}[d] }

func main() {
	println(sunday, monday, thursday, tuesday.String())
	println(kb, mb, gb)
	println(a, b, c, d, e, f)
	println(flagA, flagB, flagC, mask)
	println(small, third, pi, str, size, yes, r, real(cplx), max, neg, hex)
	println(huge/(huge-1), huge%1000007, 7/2, 7/2.0, -7>>1, 1<<3|1, 6&^2)
	println(float32(third), int64(1e15), uint8(255), 'x', "a"[0])
	const local = iota
	var x uint16 = 1<<16 - 1
	var y = 1 << 3.0
	var z float64 = 1 << 3
	println(local, x, y, z, len([10]int{}), len("héllo"))
	var s uint = 33
	var i64 = int64(1) << s
	var u8 uint8 = 1<<s>>s | 1
	println(i64, u8, 0b1010, 0o17, 017, 0xFF, 1_000_000)
}
