package runtime

// The run-time panics of index and slice expressions. x is the operand that is out of range and y the bound that
// it breaks; the functions named ...U take an unsigned x. Wording: boundsErrorFmts of the official runtime.

// outOfRange panics with "runtime error: " before x between y after, or, where x is negative and so wrong by
// itself, with before x negative.
func outOfRange(x int64, signed bool, y int, before, between, after, negative string) {
	startPanic()
	printstring("runtime error: ")
	printstring(before)
	if signed && x < 0 {
		printint(x)
		printstring(negative)
	} else {
		printuint(uint64(x))
		printstring(between)
		printint(int64(y))
		printstring(after)
	}
	endPanic()
}

const (
	indexBefore = "index out of range ["
	sliceBefore = "slice bounds out of range ["
	withLength  = "] with length "
	withCap     = "] with capacity "
)

func panicIndex(x int, y int) {
	outOfRange(int64(x), true, y, indexBefore, withLength, "", "]")
}

func panicIndexU(x uint, y int) {
	outOfRange(int64(x), false, y, indexBefore, withLength, "", "]")
}

func panicSliceAlen(x int, y int) {
	outOfRange(int64(x), true, y, sliceBefore+":", withLength, "", "]")
}

func panicSliceAlenU(x uint, y int) {
	outOfRange(int64(x), false, y, sliceBefore+":", withLength, "", "]")
}

func panicSliceAcap(x int, y int) {
	outOfRange(int64(x), true, y, sliceBefore+":", withCap, "", "]")
}

func panicSliceAcapU(x uint, y int) {
	outOfRange(int64(x), false, y, sliceBefore+":", withCap, "", "]")
}

func panicSliceB(x int, y int) {
	outOfRange(int64(x), true, y, sliceBefore, ":", "]", ":]")
}

func panicSliceBU(x uint, y int) {
	outOfRange(int64(x), false, y, sliceBefore, ":", "]", ":]")
}

func panicSlice3Acap(x int, y int) {
	outOfRange(int64(x), true, y, sliceBefore+"::", withCap, "", "]")
}

func panicSlice3AcapU(x uint, y int) {
	outOfRange(int64(x), false, y, sliceBefore+"::", withCap, "", "]")
}

func panicSlice3B(x int, y int) {
	outOfRange(int64(x), true, y, sliceBefore+":", ":", "]", ":]")
}

func panicSlice3BU(x uint, y int) {
	outOfRange(int64(x), false, y, sliceBefore+":", ":", "]", ":]")
}

func panicSlice3C(x int, y int) {
	outOfRange(int64(x), true, y, sliceBefore, ":", ":]", "::]")
}

func panicSlice3CU(x uint, y int) {
	outOfRange(int64(x), false, y, sliceBefore, ":", ":]", "::]")
}

func panicSliceConvert(x int, y int) {
	startPanic()
	printstring("runtime error: cannot convert slice with length ")
	printint(int64(x))
	printstring(" to array or pointer to array with length ")
	printint(int64(y))
	endPanic()
}
