package runtime

// The runtime's own generator of pseudo-random numbers: for the seeds of maps and the order of iteration, and what
// other packages ask of it. It is splitmix64: a counter with a mixing function.

var random struct {
	state  uint64
	seeded bool
}

// rand returns a pseudo-random number.
func rand() uint64 {
	if !random.seeded {
		random.seeded = true
		random.state = randomSeed()
	}
	random.state += 0x9e3779b97f4a7c15
	x := random.state
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
