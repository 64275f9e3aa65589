package runtime

import "internal/abi"

// panicrangestate panics because a range function called the body of its loop at the wrong time, or did not pass
// on the body's panic. The state is that of the loop.
func panicrangestate(state int) {
	switch abi.RF_State(state) {
	case abi.RF_DONE:
		panicError("range function continued iteration after function for loop body returned false")
	case abi.RF_PANIC:
		panicError("range function continued iteration after loop body panic")
	case abi.RF_EXHAUSTED:
		panicError("range function continued iteration after whole loop exit")
	case abi.RF_MISSING_PANIC:
		panicError("range function recovered a loop body panic and did not resume panicking")
	}
	throw("unexpected state of a range over a function")
}
