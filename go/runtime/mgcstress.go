package runtime

// The collector under --gc-stress, which is there to find references that no frame tells of: it runs at every
// allocation, and overwrites what it frees.

// stressWork is how many objects a collection may mark, frames included, for one allocation.
const stressWork = 4096

// stressCollect collects before an allocation. A collection that marks more than stressWork is paid for by more than one
// allocation: a program that keeps a million objects would else mark them a million times.
func stressCollect() {
	if gc.owed > stressWork {
		gc.owed -= stressWork
		return
	}
	gc.marked = 0
	collect()
	gc.owed = gc.marked
}

// poisoned is what stands in memory that is free, with --gc-stress.
const poisoned = 0xdbdbdbdb

// poison overwrites the slots of a span that are not marked, so that who reads what is freed too early notices.
// Those that are poisoned already keep the collection of a small heap short.
func poison(s *span) {
	for i := uintptr(0); i < s.nelems; i++ {
		marks := s.marks[i>>5] >> (i & 31)
		if marks&1 != 0 {
			// Where all are marked, there is nothing to see in the rest of the word.
			if i&31 == 0 && marks == ^uint32(0) {
				i += 31
			}
			continue
		}
		at := s.start + i*s.elem
		if load32(at) != poisoned {
			for end := at + s.elem; at < end; at += 4 {
				store32(at, poisoned)
			}
		}
	}
}
