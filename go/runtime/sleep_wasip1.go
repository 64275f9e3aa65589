//go:build !polkadot

package runtime

import "unsafe"

//go:wasmimport wasi_snapshot_preview1 poll_oneoff
func poll_oneoff(in, out unsafe.Pointer, nsubscriptions uint32, nevents unsafe.Pointer) uint32

// A subscription is preview 1's request to be told of a clock.
type subscription struct {
	userdata  uint64
	tag       uint8 // 0: clock
	clock     uint32
	timeout   uint64
	precision uint64
	flags     uint16 // 1: timeout is a time, not a duration
}

var sleepArgs struct {
	in  subscription
	out [4]uint64
	n   uint32
}

// sleepUntil waits until a time of nanotime's clock.
func sleepUntil(when int64) {
	a := &sleepArgs
	a.in.clock = clockMonotonic
	a.in.timeout = uint64(when)
	a.in.precision = 1
	a.in.flags = 1
	if poll_oneoff(unsafe.Pointer(&a.in), unsafe.Pointer(&a.out), 1, unsafe.Pointer(&a.n)) != 0 {
		throw("poll_oneoff failed")
	}
}
