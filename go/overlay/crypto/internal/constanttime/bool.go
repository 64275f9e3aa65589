// Package constanttime: what the official compiler expands in place.
package constanttime

func boolToUint8(b bool) uint8 {
	// A comparison is one instruction without a branch.
	if b {
		return 1
	}
	return 0
}
