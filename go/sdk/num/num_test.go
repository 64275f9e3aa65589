package num_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"polkago.dev/sdk/num"
)

// numbers returns unsigned numbers of at most that many bits: the edges of every word and random ones of every
// length.
func numbers(width uint) []*big.Int {
	random := rand.New(rand.NewPCG(1, 2))
	one := big.NewInt(1)
	list := []*big.Int{new(big.Int)}
	for n := uint(1); n <= width; n++ {
		if n%32 <= 1 || n%32 == 31 || n == width {
			top := new(big.Int).Lsh(one, n)
			list = append(list, new(big.Int).Sub(top, one), new(big.Int).Rsh(top, 1))
		}
		if n%5 == 0 {
			x := new(big.Int)
			for i := range int(n) {
				x.SetBit(x, i, uint(random.IntN(2)))
			}
			list = append(list, x)
		}
	}
	return list
}

func u128(t *testing.T, x *big.Int) num.U128 {
	t.Helper()
	v, err := num.ParseU128(x.String())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func u256(t *testing.T, x *big.Int) num.U256 {
	t.Helper()
	v, err := num.ParseU256(x.String())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// check compares a result with that of math/big: the same if that fits the width, and ok then only.
func check(t *testing.T, what string, x, y *big.Int, got string, ok bool, want *big.Int, width int) {
	t.Helper()
	fits := want.Sign() >= 0 && want.BitLen() <= width
	if ok != fits || fits && got != want.String() {
		t.Fatalf("%v %s %v = %s, %v, want %v", x, what, y, got, ok, want)
	}
}

func TestU128(t *testing.T) {
	list := numbers(128)
	for _, x := range list {
		for _, y := range list {
			a, b := u128(t, x), u128(t, y)
			sum, ok := a.Add(b)
			check(t, "+", x, y, sum.String(), ok, new(big.Int).Add(x, y), 128)
			difference, ok := a.Sub(b)
			check(t, "-", x, y, difference.String(), ok, new(big.Int).Sub(x, y), 128)
			product, ok := a.Mul(b)
			check(t, "*", x, y, product.String(), ok, new(big.Int).Mul(x, y), 128)
			if a.Cmp(b) != x.Cmp(y) {
				t.Fatalf("Cmp(%v, %v) = %d", x, y, a.Cmp(b))
			}
			if y.Sign() != 0 {
				q, r := a.Div(b)
				wantQ, wantR := new(big.Int).QuoRem(x, y, new(big.Int))
				check(t, "/", x, y, q.String(), true, wantQ, 128)
				check(t, "%", x, y, r.String(), true, wantR, 128)
			}
		}
		a := u128(t, x)
		if a.BitLen() != x.BitLen() || num.U128FromBytes(a.Bytes()) != a {
			t.Fatalf("BitLen or Bytes of %v", x)
		}
	}
}

func TestU256(t *testing.T) {
	list := numbers(256)
	for _, x := range list {
		for _, y := range list {
			a, b := u256(t, x), u256(t, y)
			sum, ok := a.Add(b)
			check(t, "+", x, y, sum.String(), ok, new(big.Int).Add(x, y), 256)
			difference, ok := a.Sub(b)
			check(t, "-", x, y, difference.String(), ok, new(big.Int).Sub(x, y), 256)
			product, ok := a.Mul(b)
			check(t, "*", x, y, product.String(), ok, new(big.Int).Mul(x, y), 256)
			if a.Cmp(b) != x.Cmp(y) {
				t.Fatalf("Cmp(%v, %v) = %d", x, y, a.Cmp(b))
			}
			if y.Sign() != 0 {
				q, r := a.Div(b)
				wantQ, wantR := new(big.Int).QuoRem(x, y, new(big.Int))
				check(t, "/", x, y, q.String(), true, wantQ, 256)
				check(t, "%", x, y, r.String(), true, wantR, 256)
			}
		}
		a := u256(t, x)
		if a.BitLen() != x.BitLen() || num.U256FromBytes(a.Bytes()) != a {
			t.Fatalf("BitLen or Bytes of %v", x)
		}
	}
}

func TestSigned(t *testing.T) {
	var list []*big.Int
	for _, x := range numbers(127) {
		list = append(list, x, new(big.Int).Neg(x))
	}
	low := new(big.Int).Lsh(big.NewInt(-1), 127)
	list = append(list, low)
	fits := func(x *big.Int) bool { return x.BitLen() <= 127 || x.Cmp(low) == 0 }
	for _, x := range list {
		for _, y := range list {
			a, err1 := num.ParseI128(x.String())
			b, err2 := num.ParseI128(y.String())
			if err1 != nil || err2 != nil {
				t.Fatal(err1, err2)
			}
			want := new(big.Int).Add(x, y)
			if sum, ok := a.Add(b); ok != fits(want) || ok && sum.String() != want.String() {
				t.Fatalf("%v + %v = %v, %v", x, y, sum, ok)
			}
			want.Sub(x, y)
			if difference, ok := a.Sub(b); ok != fits(want) || ok && difference.String() != want.String() {
				t.Fatalf("%v - %v = %v, %v", x, y, difference, ok)
			}
			if a.Cmp(b) != x.Cmp(y) || a.Sign() != x.Sign() {
				t.Fatalf("Cmp(%v, %v) = %d, Sign %d", x, y, a.Cmp(b), a.Sign())
			}
			c, _ := num.ParseI256(x.String())
			d, _ := num.ParseI256(y.String())
			if sum, ok := c.Add(d); !ok || sum.String() != new(big.Int).Add(x, y).String() {
				t.Fatalf("%v + %v = %v, %v", x, y, sum, ok)
			}
			if c.Cmp(d) != x.Cmp(y) {
				t.Fatalf("Cmp(%v, %v) = %d", x, y, c.Cmp(d))
			}
			if num.I128FromBytes(a.Bytes()) != a || num.I256FromBytes(c.Bytes()) != c {
				t.Fatalf("Bytes of %v", x)
			}
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, test := range []struct {
		text    string
		inRange bool
	}{
		{"", false}, {"-1", false}, {"+1", false}, {"1_000", false}, {"0x10", false}, {" 1", false},
		{"340282366920938463463374607431768211456", true},
	} {
		_, err := num.ParseU128(test.text)
		e, ok := err.(*num.ParseError)
		if !ok || e.Range != test.inRange || e.Text != test.text {
			t.Errorf("ParseU128(%q) = %v", test.text, err)
		}
	}
	for _, text := range []string{"", "-", "--1", "170141183460469231731687303715884105728"} {
		if _, err := num.ParseI128(text); err == nil {
			t.Errorf("ParseI128(%q) gave no error", text)
		}
	}
}

func TestDivideByZero(t *testing.T) {
	for name, divide := range map[string]func(){
		"U128": func() { num.MaxU128.Div(num.U128{}) },
		"U256": func() { num.MaxU256.Div(num.U256{}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			divide()
		}()
	}
}
