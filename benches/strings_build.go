// Building, splitting and searching strings.
//
//bench:allocates
package main

import (
	"strconv"
	"strings"
)

func main() {
	total := 0
	for round := 0; round < 300; round++ {
		var b strings.Builder
		for i := 0; i < 5000; i++ {
			b.WriteString("item ")
			b.WriteString(strconv.Itoa(i * round))
			b.WriteByte(';')
		}
		text := b.String()
		for _, part := range strings.Split(text, ";") {
			_, number, ok := strings.Cut(part, " ")
			if !ok {
				continue
			}
			n, err := strconv.Atoi(number)
			if err != nil {
				panic(err)
			}
			total = (total + n) & 0xffffff
		}
		joined := ""
		for i := 0; i < 200; i++ {
			joined += "<" + strconv.FormatInt(int64(i), 36) + ">"
		}
		total += strings.Count(joined, "1") + strings.Index(text, "item 4999") + len(strings.ToUpper(joined))
	}
	println(total)
}
