// Variadic functions: no, one and many arguments; a slice passed on is not copied.
package main

func sum(base int, vs ...int) int {
	for _, v := range vs {
		base += v
	}
	return base
}

func set(vs ...int) {
	if len(vs) > 0 {
		vs[0] = 99
	}
}

func count(vs ...any) int { return len(vs) }

func isNil(vs ...string) bool { return vs == nil }

type logger struct{ prefix string }

func (l logger) log(parts ...string) {
	print(l.prefix)
	for _, p := range parts {
		print(" ", p)
	}
	println()
}

func forward(parts ...string) { logger{"fwd"}.log(parts...) }

func main() {
	println(sum(1), sum(1, 2), sum(1, 2, 3, 4), sum(0, []int{5, 6}...))
	s := []int{1, 2, 3}
	set(s...)
	println(s[0])
	set(s[1], s[2])
	println(s[1])
	println(count(), count(nil), count(nil, nil), count([]any{1, 2, 3}...), count([]any{1, 2}))
	println(isNil(), isNil("a"), isNil([]string{}...), isNil(nil...))
	logger{"log:"}.log("a", "b")
	forward("x", "y", "z")
	f := sum
	println(f(1, 1, 1))
	g := logger{"v"}.log
	g()
	g("w")
}
