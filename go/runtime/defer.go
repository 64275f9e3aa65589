package runtime

import "unsafe"

// Deferred calls, and how a panic runs them (decision record 0013). The compiler calls deferproc or deferprocStack for
// a defer statement, deferreturn where the function ends, and unwound behind a call that left early.

// A _defer is the record of a deferred call. It lies in the frame of the function that deferred the call, or on the
// heap.
type _defer struct {
	link *_defer
	fn   func()
	// frame stands for the frame of the function that deferred the call.
	frame uintptr
	// list is what bodies of range statements over functions have deferred for that frame, the newest first: then
	// there is no fn.
	list *_defer
}

// pushDefer adds a record to those of the goroutine. Functions that matter only where calls are deferred wait for it
// to be part of the program.
func pushDefer(d *_defer) {
	gp := getg()
	d.link = gp._defer
	gp._defer = d
}

// deferproc defers a call.
func deferproc(frame uintptr, fn func()) {
	pushDefer(&_defer{fn: fn, frame: frame})
}

// deferprocStack defers a call; its record is in the frame.
func deferprocStack(d *_defer, frame uintptr, fn func()) {
	d.fn = fn
	d.frame = frame
	pushDefer(d)
}

// deferrangefunc makes room for the calls that the body of a range statement over a function defers: they run in their
// place among those of the function around it.
func deferrangefunc(frame uintptr) *_defer {
	d := &_defer{frame: frame}
	d.list = d
	pushDefer(d)
	return d
}

// deferprocat defers a call from such a body.
func deferprocat(d *_defer, fn func()) {
	d.list = &_defer{link: d.list, fn: fn, frame: d.frame}
}

// deferreturn runs the deferred calls of a function that ends.
//
//go:untraced
func deferreturn(frame uintptr) {
	gp := getg()
	for {
		d := gp._defer
		if d == nil || d.frame != frame {
			return
		}
		gp._defer = d.link
		if d.list != nil {
			expandDefer(gp, d)
			continue
		}
		d.fn()
	}
}

// expandDefer puts the calls deferred by the bodies of a range statement, which end with d itself, where d was.
//
//go:ifreached deferrangefunc
func expandDefer(gp *g, d *_defer) {
	first := d.list
	if first == d {
		return
	}
	last := first
	for last.link != d {
		last = last.link
	}
	last.link = gp._defer
	gp._defer = first
}

// unwound reports whether the function with the given frame is where a recovered panic returns to. If so, calls are
// no longer being left.
func unwound(frame uintptr) bool {
	gp := getg()
	if gp.unwindTo != frame {
		return false
	}
	gp.unwindTo = 0
	setExit(exitNone)
	return true
}

// A _panic is a panic, or a call of Goexit, that is running deferred calls.
type _panic struct {
	arg  any
	link *_panic
	// rest is what was left to run when it began with the call that it waits for.
	rest *_defer
	// text is what arg says of itself, if hasText.
	text      string
	hasText   bool
	recovered bool
	// aborted says that a newer panic has run one of the calls in rest.
	aborted    bool
	goexit     bool
	repanicked bool
}

// begin makes p the newest panic of a goroutine.
func (p *_panic) begin(gp *g) {
	p.link = gp._panic
	gp._panic = p
}

// next takes the deferred call that p has to run now, or nil if there is none.
func (p *_panic) next(gp *g) *_defer {
	d := gp._defer
	for d != nil && d.list != nil {
		gp._defer = d.link
		expandDefer(gp, d)
		for q := p.link; q != nil; q = q.link {
			if q.rest == d {
				q.rest = gp._defer
			}
		}
		d = gp._defer
	}
	if d == nil {
		return nil
	}
	for q := p.link; q != nil; q = q.link {
		if q.rest == d {
			q.aborted = true
		}
	}
	gp._defer = d.link
	p.rest = d.link
	return d
}

// gopanic runs the deferred calls of the goroutine, and ends the program unless one of them recovers. Then it leaves
// early, as do all calls up to the function that deferred the call.
//
//go:ifreached pushDefer
func gopanic(e any) {
	if e == nil && !mayPanicNil() {
		e = new(PanicNilError)
	}
	gp := getg()
	if gp.printing {
		throw("panic while printing panic value")
	}
	p := &_panic{arg: e}
	p.begin(gp)
	for d := p.next(gp); d != nil; d = p.next(gp) {
		frame, fn := d.frame, d.fn
		if fn != nil {
			// The code of a function value is its first word.
			setDeferCallee(**(**uintptr)(unsafe.Pointer(&fn)))
		}
		callDeferred(fn)
		finishDeferred()
		leaveIfUnwinding()
		if p.recovered {
			recovery(gp, p, frame)
		}
	}
	fatalpanic(gp, p)
}

// callDeferred calls a deferred function for a panic or Goexit. What leaves that call early ends here.
//
//go:noinline
//go:nocollect
//go:exitbarrier
func callDeferred(fn func()) { fn() }

// leaveIfUnwinding goes on leaving calls: a panic that came up in the deferred call was recovered further out.
//
//go:ifreached gorecover Goexit
func leaveIfUnwinding() {
	if exitReason() == exitUnwind {
		setExit(exitUnwind)
		leave()
	}
}

// gorecover is the recover builtin. byPanic says that a panic has called the function that calls it.
func gorecover(byPanic bool) any {
	p := getg()._panic
	if !byPanic || p == nil || p.goexit || p.recovered {
		return nil
	}
	p.recovered = true
	return p.arg
}

// recovery ends a recovered panic: all calls are left up to the frame.
//
//go:ifreached gorecover
func recovery(gp *g, p *_panic, frame uintptr) {
	q := p.link
	for q != nil && q.aborted {
		if q.goexit {
			// It has not ended: it goes on with the calls left.
			q.aborted = false
			frame = uintptr(unsafe.Pointer(q))
			break
		}
		q = q.link
	}
	gp._panic = q
	gp.unwindTo = frame
	setExit(exitUnwind)
	leave()
}

// Goexit terminates the goroutine that calls it, after running all deferred calls. No other goroutine is affected.
// Calling it from the main goroutine ends that without func main returning.
func Goexit() {
	gp := getg()
	p := &_panic{goexit: true}
	p.begin(gp)
	for d := p.next(gp); d != nil; d = p.next(gp) {
		d.fn()
		if exiting() != 0 {
			if !unwound(uintptr(unsafe.Pointer(p))) {
				leave()
			}
		}
	}
	gp.unwindTo = 0
	leaveGoroutine()
	throw("no goroutines (main called runtime.Goexit) - deadlock!")
}

// leaveGoroutine leaves all calls of the goroutine.
//
//go:ifreached newproc newcoro
func leaveGoroutine() {
	setExit(exitUnwind)
	leave()
}

// fatalpanic ends the program because of a panic that nobody recovered.
func fatalpanic(gp *g, p *_panic) {
	gp.printing = true
	for q := p; q != nil; q = q.link {
		if q.link != nil && sameWords(q.link.arg, q.arg) {
			// It is printed once.
			q.link.repanicked = true
			continue
		}
		if !q.goexit && hasMethods(q.arg) {
			q.text, q.hasText = panicText(q.arg)
		}
	}
	printflush()
	printpanics(p)
	if gp.sigpanic {
		printstring(sigpanicText)
	}
	endPanic()
}

// sameWords reports whether two interface values are the same, whatever their type says of equality.
func sameWords(x, y any) bool {
	return *(*[2]uintptr)(unsafe.Pointer(&x)) == *(*[2]uintptr)(unsafe.Pointer(&y))
}

// printpanics prints a panic behind those that it came up in, without the end of the last line.
func printpanics(p *_panic) {
	if p.link != nil {
		printpanics(p.link)
		if p.link.repanicked {
			return
		}
		if !p.link.goexit {
			printstring("\n\t")
		}
	}
	if p.goexit {
		return
	}
	printstring("panic: ")
	if p.hasText {
		printindented(p.text)
	} else {
		printpanicval(p.arg)
	}
	if p.recovered && p.repanicked {
		printstring(" [recovered, repanicked]")
	} else if p.recovered {
		printstring(" [recovered]")
	}
}
