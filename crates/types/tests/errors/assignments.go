package p

func two() (int, string) { return 1, "" }
func none()              {}

func f(m map[string]struct{ x int }) {
	var i int
	var s string
	i = s /* ERROR "cannot use s (variable of type string) as int value in assignment" */
	i, s = two()
	i, s = two /* ERROR "multiple-value two() (value of type (int, string)) in single-value context" */ (), 1 /* ERROR "cannot use 1 (untyped int constant) as string value in assignment" */
	i = two /* ERROR "assignment mismatch: 1 variable but two returns 2 values" */ ()
	_ = none /* ERROR "none() (no value) used as value" */ ()
	_ = nil /* ERROR "use of untyped nil in assignment to _ identifier" */
	m /* ERROR "cannot assign to struct field m[\"\"].x in map" */ [""].x = 1
	two /* ERROR "cannot assign to two (neither addressable nor a map index expression)" */ = nil
	i, j := two()
	i, j := /* ERROR "no new variables on left side of :=" */ two()
	_, _ = i, j
	var unused /* ERROR "declared and not used: unused" */ int
	unused = 1
	i /* ERROR "invalid operation: i += \"\" (mismatched types int and untyped string)" */ += ""
	s /* ERROR "invalid operation: s++ (non-numeric type string)" */ ++
	_ = s
}

func g() (int, error) {
	return 1 /* ERROR "not enough return values" */
}

func h() (x int) {
	{
		x := 1
		_ = x
		return /* ERROR "result parameter x not in scope at return" */
	}
}

func missing() int {
	for {
		break
	}
} /* ERROR "missing return" */
