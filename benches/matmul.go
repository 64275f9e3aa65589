// A product of matrices that are slices of slices.
//
//bench:computes
package main

func matrix(n int, seed float64) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
		for j := range m[i] {
			m[i][j] = seed * float64(i-j) * float64(i+j) / float64(n)
		}
	}
	return m
}

func multiply(a, b [][]float64) [][]float64 {
	n := len(a)
	c := make([][]float64, n)
	for i := range c {
		c[i] = make([]float64, n)
		for k := 0; k < n; k++ {
			f := a[i][k]
			for j := 0; j < n; j++ {
				c[i][j] += f * b[k][j]
			}
		}
	}
	return c
}

func main() {
	const n = 400
	a, b := matrix(n, 0.25), matrix(n, 0.5)
	sum := 0.0
	for i := 0; i < 3; i++ {
		c := multiply(a, b)
		sum += c[n/2][n/3]
	}
	println(int64(sum))
}
