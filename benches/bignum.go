// Multiplication and division of large integers with math/big.
//
//bench:allocates
package main

import "math/big"

func main() {
	a, b := big.NewInt(1), big.NewInt(1)
	for i := int64(1); i <= 4000; i++ {
		a.Mul(a, big.NewInt(i))
		b.Mul(b, big.NewInt(2*i+1))
	}
	sum := uint64(0)
	var p, q, r big.Int
	mod := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 521), big.NewInt(1))
	for i := 0; i < 40; i++ {
		p.Mul(a, b)
		q.DivMod(&p, b, &r)
		r.Mod(&p, mod)
		sum = sum*31 + r.Uint64() + q.Uint64() + uint64(p.BitLen())
		a.Add(a, big.NewInt(int64(i)))
	}
	e := big.NewInt(3)
	for i := 0; i < 20; i++ {
		e.Exp(e, mod, new(big.Int).Sub(new(big.Int).Lsh(mod, 3), big.NewInt(2)))
	}
	println(sum, e.Uint64())
}
