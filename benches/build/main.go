// A small program over large packages: what `cargo xtask bench build` builds. The constant is what an edit changes.
package main

import (
	"encoding/json"
	"fmt"
	"regexp"
)

const edition = 0

type item struct {
	Name  string
	Words []string
}

func main() {
	words := regexp.MustCompile(`[a-z]+`).FindAllString("one fine day", -1)
	text, err := json.Marshal(item{Name: fmt.Sprint("edition ", edition), Words: words})
	if err != nil {
		panic(err)
	}
	fmt.Println(string(text))
}
