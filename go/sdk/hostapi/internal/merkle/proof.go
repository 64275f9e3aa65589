package merkle

import (
	"bytes"
	"encoding/binary"
	"slices"

	"polkago.dev/sdk/scale"
)

// A proof is the list of the nodes on the way to a key, from the root on, of which everything is left out that who
// verifies it can put in: the value, and the reference to the next node. Nodes that stand in their parents are no
// elements of their own.

// Verify reports whether a proof shows that the trie with the given root has the entry.
func Verify(root [32]byte, proof [][]byte, e Entry, hash Hash) bool {
	if len(proof) == 0 {
		return false
	}
	v := verifier{rest: proof[1:], entry: &e, hash: hash}
	node, ok := v.complete(proof[0], 0)
	return ok && len(v.rest) == 0 && hash(node) == root
}

type verifier struct {
	rest  [][]byte // nodes that no reference led to yet
	entry *Entry
	hash  Hash
}

// complete returns the node that is data with what was left out of it. Its ancestors stand for the first nibbles of
// the key.
func (v *verifier) complete(data []byte, from int) ([]byte, bool) {
	n, ok := decode(data)
	key := v.entry.Key
	if !ok || 2*len(key)-from < n.partialLen {
		return nil, false
	}
	for i := range n.partialLen {
		if nibble(key, from+i) != n.partialAt(i) {
			return nil, false
		}
	}
	to := from + n.partialLen
	if 2*len(key) == to {
		switch n.kind {
		case leaf:
			if len(n.value) != 0 {
				return nil, false
			}
			b := appendHeader(nil, leaf, leafHashed, v.entry, from, to)
			return appendValue(b, v.entry, v.hash), true
		case branch:
			b := appendHeader(nil, branchValue, branchHashed, v.entry, from, to)
			b = append(b, n.bitmap[:]...)
			b = appendValue(b, v.entry, v.hash)
			return n.appendChildren(b), true
		}
		return nil, false
	}
	i := int(nibble(key, to))
	if n.kind == leaf || n.kind == leafHashed || n.children[i] == nil || len(n.children[i]) == 32 {
		return nil, false
	}
	if inline := n.children[i]; len(inline) > 0 {
		child, ok := v.complete(inline, to+1)
		if !ok || len(child) > 32 {
			return nil, false
		}
		n.children[i] = child
	} else {
		if len(v.rest) == 0 {
			return nil, false
		}
		data := v.rest[0]
		v.rest = v.rest[1:]
		child, ok := v.complete(data, to+1)
		if !ok {
			return nil, false
		}
		h := v.hash(child)
		n.children[i] = h[:]
	}
	return n.encode(), true
}

// A node is a decoded node.
type node struct {
	kind       byte   // leaf, branch, ...
	head       []byte // header and partial key
	partial    []byte
	partialLen int // nibbles of the partial key
	value      []byte
	bitmap     [2]byte
	children   [16][]byte // nil where there is none
}

func (n *node) partialAt(i int) byte { return nibble(n.partial, i+n.partialLen%2) }

// encode returns the encoding of a node with children.
func (n *node) encode() []byte {
	b := append(slices.Clone(n.head), n.bitmap[:]...)
	if n.kind == branchValue {
		b = scale.AppendBytes(b, n.value)
	} else if n.kind == branchHashed {
		b = append(b, n.value...)
	}
	return n.appendChildren(b)
}

func (n *node) appendChildren(b []byte) []byte {
	for _, c := range n.children {
		if c != nil {
			b = scale.AppendBytes(b, c)
		}
	}
	return b
}

func decode(data []byte) (n node, ok bool) {
	d := scale.NewDecoder(data)
	first := d.U8()
	most := byte(63)
	switch {
	case first>>6 != 0:
		n.kind = first &^ 63
	case first>>5 == 1:
		n.kind, most = leafHashed, 31
	case first>>4 == 1:
		n.kind, most = branchHashed, 15
	default: // the empty trie, or no node at all
		return n, false
	}
	n.partialLen = int(first & most)
	for more := first&most == most; more; {
		b := d.U8()
		n.partialLen += int(b)
		more = b == 255
		if n.partialLen > 1<<16 {
			return n, false
		}
	}
	n.partial = d.View((n.partialLen + 1) / 2)
	if d.Failed() || n.partialLen%2 != 0 && n.partial[0]>>4 != 0 {
		return n, false
	}
	n.head = data[:d.Offset()]
	isBranch := n.kind != leaf && n.kind != leafHashed
	if isBranch {
		d.Fixed(n.bitmap[:])
	}
	switch n.kind {
	case leaf, branchValue:
		n.value = d.BytesView()
	case leafHashed, branchHashed:
		n.value = d.View(32)
	}
	if isBranch {
		set := binary.LittleEndian.Uint16(n.bitmap[:])
		if set == 0 {
			return n, false
		}
		for i := range n.children {
			if set>>i&1 != 0 {
				n.children[i] = d.BytesView()
				if n.children[i] == nil || len(n.children[i]) > 32 {
					return n, false
				}
			}
		}
	}
	return n, !d.Failed()
}

// Prove returns the proof that the trie with the given entries has an entry for key, or false if it has none.
func Prove(entries []Entry, key []byte, hash Hash) ([][]byte, bool) {
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, func(a, b Entry) int { return bytes.Compare(a.Key, b.Key) })
	if !slices.ContainsFunc(sorted, func(e Entry) bool { return bytes.Equal(e.Key, key) }) {
		return nil, false
	}
	p := prover{key: key, hash: hash}
	p.node(sorted, 0, true)
	return p.proof, true
}

type prover struct {
	key   []byte
	hash  Hash
	proof [][]byte
}

// node returns the node of entries without the value of the key and without what refers to the next node on the way.
// If it stands for itself it becomes an element of the proof.
func (p *prover) node(entries []Entry, from int, separate bool) []byte {
	at := len(p.proof)
	if separate {
		p.proof = append(p.proof, nil)
	}
	n, _ := decode(encode(entries, from, p.hash))
	to := from + n.partialLen
	var b []byte
	switch {
	case 2*len(p.key) != to:
		i := nibble(p.key, to)
		below := slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool {
			return 2*len(e.Key) <= to || nibble(e.Key, to) != i
		})
		hashed := len(n.children[i]) == 32
		n.children[i] = p.node(below, to+1, hashed)
		if hashed {
			n.children[i] = []byte{}
		}
		b = n.encode()
	case n.kind == leaf || n.kind == leafHashed:
		b = append(appendHeader(nil, leaf, leaf, &Entry{Key: p.key}, from, to), 0)
	default:
		b = appendHeader(nil, branch, branch, &Entry{Key: p.key}, from, to)
		b = n.appendChildren(append(b, n.bitmap[:]...))
	}
	if separate {
		p.proof[at] = b
	}
	return b
}
