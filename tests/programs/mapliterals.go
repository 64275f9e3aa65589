// Large map literals, constant ones and others (Composite literals).
package main

var squares = map[int]string{
	0: "0", 1: "1", 2: "4", 3: "9", 4: "16", 5: "25", 6: "36", 7: "49", 8: "64", 9: "81",
	10: "100", 11: "121", 12: "144", 13: "169", 14: "196", 15: "225", 16: "256", 17: "289", 18: "324", 19: "361",
	20: "400", 21: "441", 22: "484", 23: "529", 24: "576", 25: "625", 26: "676", 27: "729", 28: "784", 29: "841",
}

var cube = 27

var names = map[string]*int{"cube": &cube, "other": new(int)}

var mixed = map[string]int{
	"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8, "i": 9, "j": 10, "k": 11, "l": 12, "m": cube,
	"n": 14, "o": 15, "p": 16, "q": 17, "r": 18, "s": 19, "t": 20, "u": 21, "v": 22, "w": 23, "x": 24, "y": 25,
	"z": 26,
}

type entry struct {
	name string
	n    [2]int
}

var entries = map[entry]map[string][]int{
	{"x", [2]int{1, 2}}: {"a": {1, 2}, "b": {3}},
	{"y", [2]int{3, 4}}: nil,
}

func main() {
	println(len(squares), squares[29], squares[0], squares[30] == "")
	println(*names["cube"], *names["other"], len(mixed), mixed["m"], mixed["z"])
	println(entries[entry{"x", [2]int{1, 2}}]["a"][1], len(entries), entries[entry{"y", [2]int{3, 4}}] == nil)
	local := map[rune]float64{
		'a': .5, 'b': 1, 'c': 1.5, 'd': 2, 'e': 2.5, 'f': 3, 'g': 3.5, 'h': 4, 'i': 4.5, 'j': 5, 'k': 5.5, 'l': 6,
		'm': 6.5, 'n': 7, 'o': 7.5, 'p': 8, 'q': 8.5, 'r': 9, 's': 9.5, 't': 10, 'u': 10.5, 'v': 11, 'w': 11.5,
		'x': 12, 'y': 12.5, 'z': 13,
	}
	local['a'] = 100
	sum := 0.0
	for _, v := range local {
		sum += v
	}
	println(len(local), sum)
}
