// Packages encoding/..., hash/... and crypto/...: what they write and read.
package main

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding/ascii85"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"encoding/pem"
	"encoding/xml"
	"fmt"
	"hash/adler32"
	"hash/crc32"
	"hash/crc64"
	"hash/fnv"
	"hash/maphash"
	"math"
	"strings"
)

type header struct {
	Magic [4]byte
	Ver   uint16
	Flag  bool
	Size  int64
	F     float32
	Sub   struct{ A, B uint8 }
}

type shape interface{ Area() float64 }
type circle struct{ R float64 }

func (c circle) Area() float64 { return math.Trunc(c.R * c.R * 3) }

type node struct {
	Name  string
	Kids  []*node
	Attrs map[string]int
	Shape shape
	C     complex128
}

type person struct {
	XMLName xml.Name `xml:"person"`
	ID      int      `xml:"id,attr"`
	First   string   `xml:"name>first"`
	Last    string   `xml:"name>last"`
	Email   []string `xml:"email"`
	Note    string   `xml:",comment"`
	Empty   string   `xml:"empty,omitempty"`
}

func main() {
	fmt.Println(hex.EncodeToString([]byte("hex!")), base64.StdEncoding.EncodeToString([]byte("any carnal pleas")), base64.RawURLEncoding.EncodeToString([]byte{0xfb, 0xff}), base32.StdEncoding.EncodeToString([]byte("foobar")))
	_, err := hex.DecodeString("abx")
	fmt.Println(err)
	_, err = base64.StdEncoding.DecodeString("YW=J")
	fmt.Println(err)
	fmt.Print(hex.Dump([]byte("hello gopher world")))
	dst := make([]byte, 20)
	fmt.Println(string(dst[:ascii85.Encode(dst, []byte("test"))]))

	var b bytes.Buffer
	h := header{[4]byte{'M', 'A', 'G', 'C'}, 2, true, -5, 1.5, struct{ A, B uint8 }{1, 2}}
	fmt.Println(binary.Write(&b, binary.BigEndian, h), b.Bytes(), binary.Size(h))
	var h2 header
	fmt.Println(binary.Read(&b, binary.BigEndian, &h2), h2 == h)
	buf := binary.AppendUvarint(nil, 300)
	v, n := binary.Uvarint(buf)
	fmt.Println(buf, v, n, binary.LittleEndian.Uint32([]byte{1, 2, 3, 4}))

	gob.Register(circle{})
	var g bytes.Buffer
	in := node{"root", []*node{{Name: "kid", Attrs: map[string]int{"a": 1}}}, nil, circle{2}, 1 + 2i}
	fmt.Println(gob.NewEncoder(&g).Encode(in))
	var out node
	fmt.Println(gob.NewDecoder(&g).Decode(&out), out.Name, out.Kids[0].Name, out.Kids[0].Attrs, out.Shape.Area(), out.C)

	p := person{ID: 7, First: "A<b", Last: "C&d", Email: []string{"x@y", "z@w"}, Note: " hi "}
	x, err := xml.MarshalIndent(p, "", " ")
	fmt.Println(string(x), err)
	var q person
	fmt.Println(xml.Unmarshal(x, &q), q.ID, q.First, q.Last, q.Email, q.Note)
	fmt.Println(xml.Unmarshal([]byte("<person><name></person>"), &q))
	blk := pem.EncodeToMemory(&pem.Block{Type: "T", Headers: map[string]string{"k": "v"}, Bytes: []byte("data")})
	fmt.Print(string(blk))

	data := []byte("The quick brown fox")
	fmt.Printf("%x\n%x\n%x\n%x\n%x\n", sha256.Sum256(data), sha1.Sum(data), md5.Sum(data), sha512.Sum512(data), sha3.Sum256(data))
	m := hmac.New(sha256.New, []byte("key"))
	m.Write(data)
	fmt.Printf("%x\n", m.Sum(nil))
	fmt.Println(crc32.ChecksumIEEE(data), crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)), adler32.Checksum(data), crc64.Checksum(data, crc64.MakeTable(crc64.ISO)))
	f := fnv.New64a()
	f.Write(data)
	fmt.Println(f.Sum64())
	seed := maphash.MakeSeed()
	fmt.Println(maphash.String(seed, "x") == maphash.String(seed, "x"), maphash.Comparable(seed, 1) == maphash.Comparable(seed, 1))
	c, _ := aes.NewCipher([]byte("0123456789abcdef"))
	ct := make([]byte, 16)
	c.Encrypt(ct, []byte("plaintext block!"))
	fmt.Printf("%x\n", ct)
	gcm, _ := cipher.NewGCM(c)
	sealed := gcm.Seal(nil, make([]byte, 12), data, []byte("ad"))
	fmt.Printf("%x\n", sealed)
	open, err := gcm.Open(nil, make([]byte, 12), sealed, []byte("ad"))
	fmt.Println(string(open), err)
	st := cipher.NewCTR(c, make([]byte, 16))
	ctr := make([]byte, len(data))
	st.XORKeyStream(ctr, data)
	fmt.Printf("%x %s\n", ctr, strings.ToUpper("done"))
}
