package scale

import "strconv"

// A Kind says what is wrong with an encoding.
type Kind uint8

// The kinds of errors.
const (
	// Truncated: the input ends before the value does.
	Truncated Kind = iota + 1
	// Trailing: the input goes on behind the value.
	Trailing
	// BadTag: a byte that is no tag of the bool, option, result or enumeration.
	BadTag
	// NotCanonical: a longer form of a compact integer than needed.
	NotCanonical
	// OutOfRange: a compact integer that its type does not hold.
	OutOfRange
	// BadUTF8: a string that is not valid UTF-8.
	BadUTF8
	// TooLong: a length that cannot be true of the input, or that this machine cannot hold.
	TooLong
	// TooDeep: values nested in each other beyond the decoder's limit.
	TooDeep
	// TooMuchMemory: a value that needs more memory than the decoder may use.
	TooMuchMemory
	// Invalid: a value that breaks a rule of its own type; [Decoder.Fail] reports it.
	Invalid
)

var kindTexts = [...]string{
	Truncated:     "input ends too early",
	Trailing:      "bytes left over",
	BadTag:        "tag that the type does not have",
	NotCanonical:  "not the canonical form",
	OutOfRange:    "number too large for its type",
	BadUTF8:       "string is not valid UTF-8",
	TooLong:       "length exceeds the input",
	TooDeep:       "nested too deeply",
	TooMuchMemory: "value needs more memory than allowed",
	Invalid:       "invalid value",
}

// String returns the kind as text.
func (k Kind) String() string {
	if int(k) < len(kindTexts) && kindTexts[k] != "" {
		return kindTexts[k]
	}
	return "Kind(" + strconv.Itoa(int(k)) + ")"
}

// An Error says what is wrong with an encoding, and where.
type Error struct {
	// Kind says what is wrong.
	Kind Kind
	// Offset is the number of bytes before the part that is wrong.
	Offset int
	// Path names the fields and elements that lead to the part, such as "Transfer.To" or "Block.Extrinsics[3]".
	// It is empty for a value that has no parts with names. Of a long one only the inner parts are kept, after "...".
	Path string
	// Detail is what the kind alone does not say; it may be empty.
	Detail string
}

// Error returns kind, detail, path and offset as text.
func (e *Error) Error() string {
	text := "scale: "
	if e.Path != "" {
		text += e.Path + ": "
	}
	text += e.Kind.String()
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text + " (offset " + strconv.Itoa(e.Offset) + ")"
}

// maxPath is the length from which on a path grows no more, so that an error deep inside of an input costs little.
const maxPath = 120

// join puts a field or element in front of a path.
func join(outer, inner string) string {
	if len(inner) >= maxPath {
		if inner[0] == '.' && inner[1] == '.' {
			return inner
		}
		return "..." + inner
	}
	if inner == "" || inner[0] == '[' {
		return outer + inner
	}
	return outer + "." + inner
}
