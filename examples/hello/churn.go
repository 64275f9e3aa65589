package main

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
