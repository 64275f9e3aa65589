// Scale runs the vectors of the reference implementation of SCALE, which it reads from standard input, through
// package scale. It prints each one that does not come out and then how many did.
package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"

	"polkago.dev/sdk/scale"
)

// A vector is a row of the file: a value and its encoding, or an encoding that must be refused.
type vector struct {
	Type      string
	Value     json.RawMessage
	Hex       string
	Malformed string
}

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var vectors []vector
	if err := json.Unmarshal(text, &vectors); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	passed := 0
	for i, v := range vectors {
		if err := v.check(); err != nil {
			fmt.Printf("row %d, %s %s: %v\n", i, v.Type, v.Hex, err)
			continue
		}
		passed++
	}
	fmt.Printf("%d passed, %d failed\n", passed, len(vectors)-passed)
	if passed != len(vectors) || passed == 0 {
		os.Exit(1)
	}
}

// check runs a vector.
func (v *vector) check() error {
	c, ok := codecs[v.Type]
	if !ok {
		return fmt.Errorf("unknown type")
	}
	encoding, err := hex.DecodeString(v.Hex)
	if err != nil {
		return err
	}
	d := scale.NewDecoder(encoding)
	decoded := c.decode(d)
	err = d.Finish()
	if v.Malformed != "" {
		if err == nil {
			return fmt.Errorf("taken as %v, but malformed: %s", decoded, v.Malformed)
		}
		return nil
	}
	if err != nil {
		return err
	}
	value, err := c.fromJSON(v.Value)
	if err != nil {
		return fmt.Errorf("value %s: %v", v.Value, err)
	}
	if !reflect.DeepEqual(decoded, value) {
		return fmt.Errorf("decoded as %v, want %v", decoded, value)
	}
	if got := c.encode(value); !bytes.Equal(got, encoding) {
		return fmt.Errorf("encoded as %x", got)
	}
	return nil
}
