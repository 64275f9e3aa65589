package runtime

import _ "unsafe" // for go:linkname

// Coroutines, for iter.Pull: a coroutine is a goroutine that runs only while another waits for it.

// A coro is a coroutine. Whoever calls coroswitch changes places with the goroutine in it.
type coro struct {
	gp *g
	f  func(*coro)
}

// newcoro makes a coroutine that begins to run f at the first coroswitch.
func newcoro(f func(*coro)) *coro {
	c := new(coro)
	c.f = f
	c.gp = newg(func() { corostart(c) }, callerPC(shadowSP()))
	// It counts from when it runs.
	return c
}

func corostart(c *coro) {
	// Deferred, since f may end by Goexit.
	defer coroexit(c)
	c.f(c)
}

// coroexit lets whoever waits go on in the coroutine's place.
func coroexit(c *coro) {
	gp := c.gp
	c.gp = nil
	goreadyFirst(gp)
}

// coroswitch lets the goroutine in c run, and the calling one wait in it.
func coroswitch(c *coro) {
	gp := getg()
	next := c.gp
	if next == nil {
		throw("coroswitch on exited coro")
	}
	c.gp = gp
	gp.status = gWaiting
	gp.waitreason = waitReasonCoroutine
	goreadyFirst(next)
	bubbleParked(gp)
	park()
}
