// The inner loops of math/big: products and quotients of numbers whose words are extreme.
package main

import "math/big"

func main() {
	ones := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 32*70), big.NewInt(1))
	sparse := new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), 32*69), big.NewInt(1))
	mixed := big.NewInt(1)
	for i := int64(0); i < 70; i++ {
		mixed.Mul(mixed, big.NewInt(1<<31+i*7919))
		mixed.Add(mixed, big.NewInt(i))
	}
	numbers := []*big.Int{big.NewInt(0), big.NewInt(1), big.NewInt(1<<32 - 1), ones, sparse, mixed}
	sum := new(big.Int)
	mod := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 521), big.NewInt(1))
	for _, x := range numbers {
		for _, y := range numbers {
			p := new(big.Int).Mul(x, y)
			sum.Add(sum.Mul(sum, big.NewInt(1000003)), p)
			sum.Mod(sum, mod)
			if y.Sign() != 0 {
				q, r := new(big.Int).DivMod(p.Add(p, big.NewInt(12345)), y, new(big.Int))
				if new(big.Int).Add(new(big.Int).Mul(q, y), r).Cmp(p) != 0 {
					println("wrong quotient")
				}
				sum.Add(sum, q).Sub(sum, r)
			}
		}
		e := new(big.Int).Exp(x, big.NewInt(65537), mod)
		println(new(big.Int).Mod(sum, mod).Text(62), e.Text(16))
	}
}
