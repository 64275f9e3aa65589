// Methods on values and pointers, on types of every kind, method values and method expressions.
package main

type counter struct{ n int }

func (c *counter) inc()    { c.n++ }
func (c counter) get() int { return c.n }
func (c counter) lost()    { c.n = 1000 }

type celsius float64

func (c celsius) fahrenheit() float64 { return float64(c)*9/5 + 32 }

type list []int

func (l list) sum() (s int) {
	for _, v := range l {
		s += v
	}
	return
}
func (l *list) push(v int) { *l = append(*l, v) }

type op func(int, int) int

func (o op) twice(a, b int) int { return o(o(a, b), b) }

type text string

func (t text) len() int { return len(t) }

func main() {
	c := counter{}
	c.inc()
	(&c).inc()
	p := &c
	p.inc()
	p.lost()
	println(c.get(), p.get())
	inc := c.inc
	get := c.get
	inc()
	println(c.n, get())
	f := (*counter).inc
	g := counter.get
	h := (*counter).get
	f(&c)
	println(g(c), h(&c))
	println(celsius(100).fahrenheit())
	var l list
	l.push(1)
	l.push(2)
	push := l.push
	push(3)
	println(l.sum(), len(l), list.sum(l))
	println(op(func(a, b int) int { return a + b }).twice(1, 10), text("four").len())
	calls := []func(){c.inc, p.inc, inc}
	for _, call := range calls {
		call()
	}
	println(c.n)
	arr := [2]counter{}
	arr[1].inc()
	m := arr[1].get
	arr[1].inc()
	println(arr[1].get(), m())
}
