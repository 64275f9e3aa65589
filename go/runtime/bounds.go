package runtime

// The run-time panics of index and slice expressions. x is the operand that is out of range and y the bound that
// it breaks; the functions named ...U take an unsigned x. Wording: boundsErrorFmts of the official runtime.

// The kinds of bounds errors.
const (
	boundsIndex = iota
	boundsSliceAlen
	boundsSliceAcap
	boundsSliceB
	boundsSlice3Alen
	boundsSlice3Acap
	boundsSlice3B
	boundsSlice3C
	boundsConvert
)

// format returns the message with the letters x and y after % where the operands stand. An x that is negative is
// wrong by itself.
func (e boundsError) format() string {
	if e.signed && e.x < 0 {
		switch e.code {
		case boundsIndex:
			return "index out of range [%x]"
		case boundsSliceAlen, boundsSliceAcap:
			return "slice bounds out of range [:%x]"
		case boundsSliceB:
			return "slice bounds out of range [%x:]"
		case boundsSlice3Alen, boundsSlice3Acap:
			return "slice bounds out of range [::%x]"
		case boundsSlice3B:
			return "slice bounds out of range [:%x:]"
		case boundsSlice3C:
			return "slice bounds out of range [%x::]"
		}
	}
	switch e.code {
	case boundsIndex:
		return "index out of range [%x] with length %y"
	case boundsSliceAlen:
		return "slice bounds out of range [:%x] with length %y"
	case boundsSliceAcap:
		return "slice bounds out of range [:%x] with capacity %y"
	case boundsSliceB:
		return "slice bounds out of range [%x:%y]"
	case boundsSlice3Alen:
		return "slice bounds out of range [::%x] with length %y"
	case boundsSlice3Acap:
		return "slice bounds out of range [::%x] with capacity %y"
	case boundsSlice3B:
		return "slice bounds out of range [:%x:%y]"
	case boundsSlice3C:
		return "slice bounds out of range [%x:%y:]"
	}
	return "cannot convert slice with length %x to array or pointer to array with length %y"
}

// outOfRange panics.
//
//go:untraced
func outOfRange(x int64, signed bool, y int, code uint8) {
	e := boundsError{x, y, signed, code}
	raiseBounds(e)
	startPanic()
	printstring(errorPrefix)
	format := e.format()
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			printbyte(format[i])
			continue
		}
		i++
		if format[i] == 'y' {
			printint(int64(y))
		} else if signed {
			printint(x)
		} else {
			printuint(uint64(x))
		}
	}
	endPanic()
}

// raiseBounds panics with a value that may be recovered.
//
//go:ifreached pushDefer
//go:untraced
func raiseBounds(e boundsError) { gopanic(e) }

func panicIndex(x int, y int) { outOfRange(int64(x), true, y, boundsIndex) }

func panicIndexU(x uint, y int) { outOfRange(int64(x), false, y, boundsIndex) }

func panicSliceAlen(x int, y int) { outOfRange(int64(x), true, y, boundsSliceAlen) }

func panicSliceAlenU(x uint, y int) { outOfRange(int64(x), false, y, boundsSliceAlen) }

func panicSliceAcap(x int, y int) { outOfRange(int64(x), true, y, boundsSliceAcap) }

func panicSliceAcapU(x uint, y int) { outOfRange(int64(x), false, y, boundsSliceAcap) }

func panicSliceB(x int, y int) { outOfRange(int64(x), true, y, boundsSliceB) }

func panicSliceBU(x uint, y int) { outOfRange(int64(x), false, y, boundsSliceB) }

func panicSlice3Alen(x int, y int) { outOfRange(int64(x), true, y, boundsSlice3Alen) }

func panicSlice3AlenU(x uint, y int) { outOfRange(int64(x), false, y, boundsSlice3Alen) }

func panicSlice3Acap(x int, y int) { outOfRange(int64(x), true, y, boundsSlice3Acap) }

func panicSlice3AcapU(x uint, y int) { outOfRange(int64(x), false, y, boundsSlice3Acap) }

func panicSlice3B(x int, y int) { outOfRange(int64(x), true, y, boundsSlice3B) }

func panicSlice3BU(x uint, y int) { outOfRange(int64(x), false, y, boundsSlice3B) }

func panicSlice3C(x int, y int) { outOfRange(int64(x), true, y, boundsSlice3C) }

func panicSlice3CU(x uint, y int) { outOfRange(int64(x), false, y, boundsSlice3C) }

func panicSliceConvert(x int, y int) { outOfRange(int64(x), true, y, boundsConvert) }
