// Package transactionindex tells the node to keep large data of transactions outside of the state.
package transactionindex

// Index makes the node keep the last size bytes of an extrinsic of this block, whose hash is given.
func Index(extrinsic, size uint32, hash *[32]byte) { hostIndex(extrinsic, size, hash) }

// Renew makes the node keep data with a hash that an earlier block had indexed, for an extrinsic of this one.
func Renew(extrinsic uint32, hash *[32]byte) { hostRenew(extrinsic, hash) }
