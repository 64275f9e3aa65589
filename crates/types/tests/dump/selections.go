package p

type Inner struct{ n int }

func (i Inner) value()    {}
func (i *Inner) pointer() {}

type Outer struct {
	*Inner
	Other struct{ s string }
}

type Face interface {
	zero()
	Able()
	value()
}

func use(o Outer, p *Outer, f Face, in Inner) {
	_ = o.n
	_ = p.Other.s
	o.value()
	p.pointer()
	f.value()
	g := Inner.value
	h := (*Inner).pointer
	k := f.Able
	in.pointer()
	_, _, _ = g, h, k
}
