package curve25519

import (
	"math/big"
	"slices"
)

// order is the order of the group that Basepoint generates: 2^252 + 27742317777372353535851937790883648493.
var order = computeOrder()

func computeOrder() *big.Int {
	low, _ := new(big.Int).SetString("27742317777372353535851937790883648493", 10)
	return low.Add(low, new(big.Int).Lsh(big.NewInt(1), 252))
}

func number(b []byte) *big.Int {
	reversed := slices.Clone(b)
	slices.Reverse(reversed)
	return new(big.Int).SetBytes(reversed)
}

func scalar(n *big.Int) (b [32]byte) {
	n.Mod(n, order).FillBytes(b[:])
	slices.Reverse(b[:])
	return b
}

// Reduce returns a number of any length, least significant byte first, modulo the order of the group.
func Reduce(b []byte) [32]byte { return scalar(number(b)) }

// IsReduced reports whether a number is below the order of the group.
func IsReduced(b [32]byte) bool { return number(b[:]).Cmp(order) < 0 }

// MulAdd returns a*b+c modulo the order of the group.
func MulAdd(a, b, c [32]byte) [32]byte {
	n := number(a[:])
	return scalar(n.Mul(n, number(b[:])).Add(n, number(c[:])))
}
