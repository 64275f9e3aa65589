package main

import "polkago.dev/sdk/abi"

// helloChurn takes a little-endian count, and builds and drops that many linked objects and byte slices. It returns
// a checksum of what they held.
//
//go:wasmexport Hello_churn
func helloChurn(ptr, n uint32) uint64 {
	in := abi.Input(ptr, n)
	if len(in) != 4 {
		panic("Hello_churn takes a little-endian u32")
	}
	count := uint32(in[0]) | uint32(in[1])<<8 | uint32(in[2])<<16 | uint32(in[3])<<24
	return abi.Output(appendU32(nil, churn(count)))
}

// A node is one of the linked objects that churn builds.
type node struct {
	next *node
	data []byte
	n    uint32
}

// listLength is how many nodes are alive at the same time at the most.
const listLength = 1000

// churn builds count nodes with a byte slice each, in lists that it drops when they are full.
func churn(count uint32) uint32 {
	var list *node
	var sum uint32
	for i := range count {
		if i%listLength == 0 {
			sum += weigh(list)
			list = nil
		}
		list = &node{next: list, data: make([]byte, 16+i%48), n: i}
		list.data[i%16] = byte(i)
	}
	return sum + weigh(list)
}

// weigh adds up what the nodes of a list hold.
func weigh(list *node) uint32 {
	var sum uint32
	for ; list != nil; list = list.next {
		for _, b := range list.data {
			sum += uint32(b)
		}
		sum += list.n
	}
	return sum
}
