// The sieve of Eratosthenes: byte stores with a stride.
//
//bench:computes
package main

func primes(composite []bool) int {
	clear(composite)
	count := 0
	for i := 2; i < len(composite); i++ {
		if composite[i] {
			continue
		}
		count++
		for j := 2 * i; j < len(composite); j += i {
			composite[j] = true
		}
	}
	return count
}

func main() {
	composite := make([]bool, 1000000)
	sum := 0
	for i := 0; i < 40; i++ {
		sum += primes(composite[:len(composite)-i])
	}
	println(sum)
}
