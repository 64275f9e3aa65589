// Embedding: promoted fields and methods through values, pointers and interfaces; shadowing.
package main

type animal struct{ name string }

func (a animal) speak() string    { return a.name + " makes a sound" }
func (a *animal) rename(n string) { a.name = n }
func (a animal) describe() string { return "animal " + a.name }

type dog struct {
	animal
	breed string
}

func (d dog) speak() string { return d.name + " barks, " + d.animal.speak() }

type puppy struct {
	*dog
	age int
}

type speaker interface{ speak() string }

type describer interface {
	speaker
	describe() string
}

type wrapper struct {
	speaker
	id int
}

type quiet struct{ wrapper }

func main() {
	d := dog{animal{"Rex"}, "boxer"}
	println(d.speak())
	d.rename("Max")
	println(d.name, d.animal.name, d.describe())
	p := puppy{&d, 1}
	p.rename("Bo")
	println(p.speak(), d.name, p.breed)
	var s speaker = p
	println(s.speak())
	var ds describer = &p
	println(ds.describe(), ds.speak())
	w := wrapper{d, 7}
	println(w.speak(), w.id)
	q := &quiet{w}
	s = q
	println(s.speak())
	f := q.speak
	q.speaker = animal{"Cat"}
	println(f())
	println(q.speak())
	g := puppy.describe
	println(g(p))
	h := (*quiet).speak
	println(h(q))
}
