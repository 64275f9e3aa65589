// A round trip through encoding/json.
//
//bench:allocates
package main

import "encoding/json"

type item struct {
	ID     int               `json:"id"`
	Name   string            `json:"name"`
	Price  float64           `json:"price"`
	Tags   []string          `json:"tags,omitempty"`
	Labels map[string]string `json:"labels"`
	Next   *item             `json:"next"`
}

func main() {
	var items []item
	for i := 0; i < 100; i++ {
		items = append(items, item{
			ID: i, Name: "item", Price: float64(i) / 8, Tags: []string{"a", "b\n", "ü"},
			Labels: map[string]string{"x": "1", "y": "2"}, Next: &item{ID: -i},
		})
	}
	total := 0
	for round := 0; round < 300; round++ {
		text, err := json.Marshal(items)
		if err != nil {
			panic(err)
		}
		var back []item
		if err := json.Unmarshal(text, &back); err != nil {
			panic(err)
		}
		total += len(text)
		for _, it := range back {
			total += it.ID + len(it.Labels) + it.Next.ID
		}
	}
	println(total)
}
