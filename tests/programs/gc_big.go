// Large objects come and go; slices into the middle of an array keep it alive.
package main

func middle(size int, fill byte) []byte {
	b := make([]byte, size)
	for i := range b {
		b[i] = fill
	}
	return b[size/2 : size/2+10]
}

func main() {
	var keep [][]byte
	for round := 0; round < 40; round++ {
		for i := 0; i < 10; i++ {
			b := make([]byte, 1<<20)
			b[round] = byte(i)
			if b[1<<20-1] != 0 {
				println("not zeroed")
			}
		}
		keep = append(keep, middle(100000+round*1000, byte(round)))
	}
	for round, b := range keep {
		for _, c := range b {
			if c != byte(round) {
				println("broken", round)
			}
		}
	}
	println(len(keep), len(keep[0]), cap(keep[0]) >= 10)
	grid := make([][]*int, 100)
	for i := range grid {
		grid[i] = make([]*int, 100)
		for j := range grid[i] {
			v := i * j
			grid[i][j] = &v
		}
	}
	for range 20 {
		_ = make([]*int, 100000)
	}
	sum := 0
	for i := range grid {
		for j := range grid[i] {
			sum += *grid[i][j]
		}
	}
	println(sum)
}
