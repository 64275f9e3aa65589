package p

func captures(a, b int) func() int {
	c := 1
	var arr [4]int
	s := arr[:]
	d := 2
	d++
	p := &d
	for i := range 3 {
		c += i
		defer func() { _ = i }()
	}
	return func() int {
		inner := func() int { return a + c }
		*p = s[0]
		return inner() + b
	}
}

func named() (err error) {
	defer func() { err = nil }()
	return
}

func commaOk(m map[string]int, c chan int, x any) {
	v, ok := m["a"]
	w, ok := <-c
	_, isInt := (x.(int))
	_, _, _, _ = v, w, ok, isInt
}
