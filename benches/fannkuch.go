// Permutations of a small slice: index arithmetic and swaps.
//
//bench:computes
package main

func fannkuch(n int) (checksum, flips int) {
	perm1 := make([]int, n)
	for i := range perm1 {
		perm1[i] = i
	}
	perm := make([]int, n)
	count := make([]int, n)
	r, round := n, 0
	for {
		for ; r != 1; r-- {
			count[r-1] = r
		}
		copy(perm, perm1)
		f := 0
		for k := perm[0]; k != 0; k = perm[0] {
			for i, j := 0, k; i < j; i, j = i+1, j-1 {
				perm[i], perm[j] = perm[j], perm[i]
			}
			f++
		}
		if f > flips {
			flips = f
		}
		if round&1 == 0 {
			checksum += f
		} else {
			checksum -= f
		}
		for {
			if r == n {
				return checksum, flips
			}
			first := perm1[0]
			for i := 0; i < r; i++ {
				perm1[i] = perm1[i+1]
			}
			perm1[r] = first
			count[r]--
			if count[r] > 0 {
				break
			}
			r++
		}
		round++
	}
}

func main() {
	println(fannkuch(10))
}
