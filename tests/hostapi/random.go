package main

import (
	"polkago.dev/sdk/hostapi"
	"polkago.dev/sdk/hostapi/childstorage"
	"polkago.dev/sdk/hostapi/hashing"
	"polkago.dev/sdk/hostapi/storage"
)

// A source gives numbers that look random and are the same everywhere.
type source uint64

func (s *source) below(n int) int {
	*s = *s*6364136223846793005 + 1442695040888963407
	return int(uint64(*s) >> 33 % uint64(n))
}

// key returns one of few keys, of which many are prefixes of others.
func (s *source) key() []byte {
	key := []byte("new/1234")[:s.below(8)+1]
	for range s.below(3) {
		key = append(key, "0149"[s.below(4)])
	}
	return key
}

func (s *source) limit() uint32 {
	if s.below(3) == 0 {
		return hostapi.NoLimit
	}
	return uint32(s.below(6))
}

// random makes changes in no order that anybody thought of, in transactions and in child tries, and shows the state
// now and then.
func (r *report) random() {
	s := source(1)
	depth := 0
	for step := range 4000 {
		key := s.key()
		child := []byte{byte('x' + s.below(2))}
		version := hostapi.StateVersion(s.below(2))
		switch op := s.below(20); op {
		case 0, 1, 2:
			storage.Set(key, pattern(s.below(60)))
		case 3:
			storage.Clear(key)
		case 4, 5:
			storage.Append(key, pattern(s.below(4)))
		case 6:
			r.kill("clear", storage.ClearPrefix(key, s.limit()))
		case 7:
			r.removal("clear from", storage.ClearPrefixFrom(key, s.limit(), nil))
		case 8, 9:
			childstorage.Set(child, key, pattern(s.below(60)))
		case 10:
			childstorage.Clear(child, key)
		case 11:
			r.kill("child clear", childstorage.ClearPrefix(child, key, s.limit()))
		case 12:
			if s.below(8) == 0 {
				r.kill("child kill", childstorage.Kill(child, s.limit()))
			}
		case 13:
			if depth < 5 {
				storage.StartTransaction()
				depth++
			}
		case 14:
			if depth > 0 {
				storage.CommitTransaction()
				depth--
			}
		case 15:
			if depth > 0 {
				storage.RollbackTransaction()
				depth--
			}
		case 16:
			next, ok := storage.NextKey(key)
			r.option("next", next, ok)
			next, ok = childstorage.NextKey(child, key)
			r.option("child next", next, ok)
		case 17:
			v, ok := storage.Get(key)
			r.option("get", v, ok)
			v, ok = childstorage.Get(child, key)
			r.option("child get", v, ok)
		case 18:
			r.hash("child root", childstorage.Root(child, version))
		case 19:
			r.hash("root", storage.Root(version))
		}
		if step%100 == 0 {
			r.digest()
		}
	}
	for ; depth > 0; depth-- {
		storage.RollbackTransaction()
		r.digest()
	}
	r.hash("root in the end", storage.Root(hostapi.StateV1))
}

// digest shows a hash of all entries.
func (r *report) digest() {
	var all, key []byte
	for {
		next, ok := storage.NextKey(key)
		if !ok {
			break
		}
		value, _ := storage.Get(next)
		all = append(append(append(all, next...), 0), value...)
		key = next
	}
	r.hash("state", hashing.Blake2b256(all))
}
