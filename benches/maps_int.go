// Maps of integers: insert, look up, delete, iterate.
//
//bench:allocates
package main

func main() {
	sum := uint32(0)
	for round := uint32(0); round < 10; round++ {
		m := make(map[uint32]uint32)
		for i := uint32(0); i < 100000; i++ {
			m[i*2654435761] = i
		}
		for i := uint32(0); i < 200000; i++ {
			if v, ok := m[i*2654435761]; ok {
				sum += v
			}
		}
		for i := uint32(0); i < 100000; i += 3 {
			delete(m, i*2654435761)
		}
		for k, v := range m {
			sum += k ^ v
		}
		sum += uint32(len(m))
	}
	println(sum)
}
