package runtime

import "unsafe"

// Select statements (Go specification, Select statements).

// An scase is a communication of a select statement, as the compiler lays it out.
type scase struct {
	c    *hchan         // nil: never ready
	elem unsafe.Pointer // where the element comes from or goes to; nil if it is not wanted
	send bool
}

// selectgo chooses a case of the n at cases, and waits if none can proceed. received is as for chanrecv2.
//
//go:noinline
func selectgo(cases *scase, n int) (chosen int, received bool) {
	chosen, received = selectnb(cases, n)
	if chosen < 0 {
		return selectwait(unsafe.Slice(cases, n))
	}
	return chosen, received
}

// selectnb is selectgo for a statement with a default case, for which it returns -1.
//
// The specification asks for a uniform pseudo-random choice among the cases that can proceed: they are tried in a
// random order.
//
//go:noinline
func selectnb(cases *scase, n int) (chosen int, received bool) {
	list := unsafe.Slice(cases, n)
	for i := range list {
		if c := list[i].c; c != nil {
			checkChan(c, "select on")
			if c.timer != nil {
				c.timer.maybeRunChan()
			}
		}
	}
	if n > 0 {
		i, step := selectOrder(n)
		for range n {
			if i >= n {
				i -= n
			}
			k := &list[i]
			if k.c != nil {
				if k.send {
					if trysend(k.c, k.elem) {
						return i, false
					}
				} else if selected, received := tryrecv(k.c, k.elem); selected {
					return i, received
				}
			}
			i += step
		}
	}
	return -1, false
}

// selectOrder returns where to begin and the step to take, so that all of 0..n-1 are visited in a random order: a
// random start, and a random step that has no divisor in common with n.
func selectOrder(n int) (start, step int) {
	if n == 1 {
		return 0, 1
	}
	r := uint32(rand())
	start = int(r & 0xffff % uint32(n))
	step = 1 + int(r>>16%uint32(n-1))
	for gcd(step, n) != 1 {
		step--
	}
	return start, step
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// selectwait waits for all cases at once.
//
//go:noinline
func selectwait(list []scase) (chosen int, received bool) {
	gp := getg()
	waiting := make([]sudog, len(list))
	any, durable := false, true
	for i := range list {
		k := &list[i]
		if k.c == nil {
			continue
		}
		any = true
		durable = durable && k.c.ofBubble()
		s := &waiting[i]
		s.g = gp
		s.c = k.c
		s.elem = k.elem
		s.index = i
		s.isSelect = true
		if k.send {
			k.c.sendq.enqueue(s)
		} else {
			k.c.recvq.enqueue(s)
			if k.c.timer != nil {
				blockTimerChan(k.c.timer)
			}
		}
	}
	if !any {
		goparkforever(waitReasonSelectNoCases)
	}
	gp.selectDone = false
	reason := waitReasonSelect
	if durable {
		reason = waitReasonSynctestSelect
	}
	gopark(reason)
	woken := (*sudog)(gp.param)
	gp.param = nil
	for i := range list {
		k := &list[i]
		if k.c == nil {
			continue
		}
		if k.send {
			k.c.sendq.remove(&waiting[i])
		} else {
			k.c.recvq.remove(&waiting[i])
			if k.c.timer != nil {
				unblockTimerChan(k.c.timer)
			}
		}
	}
	if list[woken.index].send && !woken.success {
		panicsendclosed()
	}
	return woken.index, woken.success
}

// block is select {}.
func block() {
	goparkforever(waitReasonSelectNoCases)
}

// A runtimeSelect is a case of reflect.Select; its layout is that of the release's package reflect.
type runtimeSelect struct {
	dir int            // 1 send, 2 receive, 3 default
	typ unsafe.Pointer // the channel's type
	ch  *hchan
	val unsafe.Pointer
}

//go:linkname reflect_rselect reflect.rselect
func reflect_rselect(cases []runtimeSelect) (int, bool) {
	list := make([]scase, 0, len(cases))
	index := make([]int, 0, len(cases))
	dflt := -1
	for i := range cases {
		k := &cases[i]
		switch k.dir {
		case 1, 2:
			list = append(list, scase{k.ch, k.val, k.dir == 1})
			index = append(index, i)
		case 3:
			dflt = i
		}
	}
	if dflt < 0 {
		chosen, received := selectgo(unsafe.SliceData(list), len(list))
		return index[chosen], received
	}
	chosen, received := selectnb(unsafe.SliceData(list), len(list))
	if chosen < 0 {
		return dflt, false
	}
	return index[chosen], received
}
