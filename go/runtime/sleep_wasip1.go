//go:build !polkadot

package runtime

import "unsafe"

//go:wasmimport wasi_snapshot_preview1 poll_oneoff
func poll_oneoff(in, out unsafe.Pointer, nsubscriptions uint32, nevents unsafe.Pointer) uint32

// A subscription is preview 1's request to be told of a clock.
type subscription struct {
	userdata  uint64
	tag       uint64 // 0: a clock
	clock     uint64
	timeout   uint64 // nanoseconds from now
	precision uint64
	flags     uint64
}

var sleepArgs struct {
	in  subscription
	out [4]uint64
	n   uint32
}

// sleepUntil waits until a time of nanotime's clock.
func sleepUntil(when int64) {
	delta := when - nanotime()
	if delta <= 0 {
		return
	}
	a := &sleepArgs
	a.in.clock = clockMonotonic
	a.in.timeout = uint64(delta)
	a.in.precision = 1
	if poll_oneoff(unsafe.Pointer(&a.in), unsafe.Pointer(&a.out), 1, unsafe.Pointer(&a.n)) != 0 {
		throw("poll_oneoff failed")
	}
}
