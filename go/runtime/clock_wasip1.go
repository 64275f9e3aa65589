//go:build !polkadot

package runtime

//go:wasmimport wasi_snapshot_preview1 clock_time_get
func clock_time_get(clock uint32, precision uint64, time *uint64) uint32

const (
	clockRealtime  = 0
	clockMonotonic = 1
)

// clockValue is where the host writes the time.
var clockValue uint64

// nanotime returns the nanoseconds since some point in the past.
func nanotime() int64 {
	if clock_time_get(clockMonotonic, 1, &clockValue) != 0 {
		throw("clock_time_get failed")
	}
	return int64(clockValue)
}

// walltime returns the time since 1970-01-01 00:00 UTC.
func walltime() (sec int64, nsec int32) {
	if clock_time_get(clockRealtime, 1, &clockValue) != 0 {
		throw("clock_time_get failed")
	}
	return int64(clockValue / 1e9), int32(clockValue % 1e9)
}
