// Labels and branch statements.

package p

func f() {
	/* ERROR "break is not in a loop, switch, or select" */ break
	/* ERROR "continue is not in a loop" */ continue
	/* ERROR "fallthrough statement out of place" */ fallthrough
	for {
		break
		continue
		func() {
			/* ERROR "break is not in a loop, switch, or select" */ break
		}()
	}
	switch {
	case true:
		fallthrough
	case false:
		break
		/* ERROR "continue is not in a loop" */ continue
	default:
		{
			/* ERROR "fallthrough statement out of place" */ fallthrough
		}
		/* ERROR "cannot fallthrough final case in switch" */ fallthrough
	}
	switch x.(type) {
	case int:
		/* ERROR "cannot fallthrough in type switch" */ fallthrough
	case string:
		if true {
			/* ERROR "cannot fallthrough in type switch" */ fallthrough
		}
	}
	select {
	default:
		break
		/* ERROR "fallthrough statement out of place" */ fallthrough
	}
}

func g() {
/* ERROR "label unused defined and not used" */ unused:
used:
	goto used
/* ERROR "label used already defined at 45:1" */ used:
	goto /* ERROR "label missing not defined" */ missing
}

func h() {
L:
	for {
		for {
			break L
			continue L
		}
	}
M:
	switch {
	default:
		break M
		continue /* ERROR "invalid continue label M" */ M
	}
N:
	{
		break /* ERROR "invalid break label N" */ N
	}
	for {
		break /* ERROR "invalid break label L" */ L
		continue /* ERROR "continue label not defined: K" */ K
		break /* ERROR "break label not defined: K" */ K
	}
_:
	goto /* ERROR "label _ not defined" */ _
}

func i() {
	goto /* ERROR "goto L jumps over declaration of x at 80:4" */ L
	x := 1
L:
	goto /* ERROR "goto M jumps over declaration of y at 83:6" */ M
	var y, z int
M:
	goto /* ERROR "goto N jumps into block starting at 86:2" */ N
	{
	N:
	}
	goto /* ERROR "goto O jumps into block starting at 90:10" */ O
	if true {
		goto O
	O:
	}
P:
	goto P
	_ = x
	switch {
	case true:
		fallthrough;
		;
	case false:
	}
}
