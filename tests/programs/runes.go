// Ranging over strings decodes UTF-8; what is no UTF-8 gives U+FFFD, a byte at a time.
package main

func show(s string) {
	for i, r := range s {
		print(i, ":", r, " ")
	}
	println(len(s))
}

func main() {
	show("abc")
	show("h\u00e9llo, \u4e16\u754c \U0001f600!")
	show("a\xffb\xc3")
	show("\xe4\xb8")
	show("\xed\xa0\x80")
	show("\xf4\x90\x80\x80")
	show("\xc0\x80\x80")
	show("")
	for i := range "\u4e16x" {
		print(i, " ")
	}
	n := 0
	for range "\u4e16\u754c" {
		n++
	}
	println(n)
	rs := []rune("\xff\u00ff\u4e16\U0010ffff")
	for _, r := range rs {
		print(r, " ")
	}
	println(string(rs), len(string(rs)))
	for i, b := range []byte("\u00e9!") {
		print(i, "=", b, " ")
	}
	println()
}
