// Packages archive/..., image/..., mime, net/..., encoding/asn1, go/constant, go/types, crypto/ed25519 and others.
package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"compress/lzw"
	"compress/zlib"
	"crypto/ed25519"
	"crypto/elliptic"
	"database/sql/driver"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"expvar"
	"fmt"
	"go/constant"
	"go/doc/comment"
	"go/token"
	"go/version"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"
	"io"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/netip"
	"net/textproto"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"text/template/parse"
	"time"
	_ "time/tzdata"
)

func main() {
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	f, err := zw.Create("dir/a.txt")
	fmt.Fprint(f, strings.Repeat("zip ", 50))
	fmt.Println(err, zw.Close())
	zr, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	rc, _ := zr.File[0].Open()
	data, _ := io.ReadAll(rc)
	fmt.Println(err, zr.File[0].Name, len(data), zr.File[0].CompressedSize64)
	b.Reset()
	tw := tar.NewWriter(&b)
	tw.WriteHeader(&tar.Header{Name: "t", Size: 3, Mode: 0o644, ModTime: time.Unix(1, 0)})
	tw.Write([]byte("abc"))
	tw.Close()
	tr := tar.NewReader(&b)
	h, err := tr.Next()
	fmt.Println(h.Name, h.Size, h.FileInfo().Mode(), err)
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	w.Write(data)
	w.Close()
	fmt.Println(hex.EncodeToString(z.Bytes()[:8]))
	var l bytes.Buffer
	lw := lzw.NewWriter(&l, lzw.LSB, 8)
	lw.Write(data)
	lw.Close()
	fmt.Println(l.Len())
	_, err = io.ReadAll(bzip2.NewReader(strings.NewReader("nope")))
	fmt.Println(err)

	img := image.NewRGBA(image.Rect(0, 0, 4, 4))
	draw.Draw(img, img.Bounds(), image.NewUniform(color.RGBA{200, 10, 20, 255}), image.Point{}, draw.Src)
	var pb bytes.Buffer
	fmt.Println(png.Encode(&pb, img), pb.Len())
	dec, kind, err := image.Decode(&pb)
	fmt.Println(dec.At(1, 1), kind, err, dec.Bounds())
	var gb bytes.Buffer
	fmt.Println(gif.Encode(&gb, img, nil), gb.Len())

	mt, params, err := mime.ParseMediaType(`text/html; charset="utf-8"; q=1`)
	fmt.Println(mt, params, err, mime.QEncoding.Encode("utf-8", "¡Hola!"), mime.TypeByExtension(".html"))
	qp, _ := io.ReadAll(quotedprintable.NewReader(strings.NewReader("a=3Db=\nc")))
	fmt.Println(string(qp))
	m, err := mail.ReadMessage(strings.NewReader("From: A B <a@b.c>\nSubject: hi\n\nbody"))
	addr, _ := m.Header.AddressList("From")
	fmt.Println(addr[0].Name, addr[0].Address, err)
	p := netip.MustParsePrefix("10.1.0.0/16")
	fmt.Println(p.Contains(netip.MustParseAddr("10.1.2.3")), netip.MustParseAddr("::1").Is6(), net.ParseIP("1.2.3.4").To4(), net.IPv4Mask(255, 255, 0, 0))
	_, ipn, err := net.ParseCIDR("192.168.1.7/24")
	fmt.Println(ipn, err, textproto.CanonicalMIMEHeaderKey("content-type"))

	der, err := asn1.Marshal(struct {
		A int
		B string `asn1:"utf8"`
		C []int
	}{5, "x", []int{1, 2}})
	fmt.Printf("%x %v\n", der, err)
	seed := make([]byte, 32)
	key := ed25519.NewKeyFromSeed(seed)
	sig := ed25519.Sign(key, []byte("m"))
	fmt.Printf("%x %v\n", sig[:8], ed25519.Verify(key.Public().(ed25519.PublicKey), []byte("m"), sig))
	x, y := elliptic.P256().ScalarBaseMult([]byte{5})
	fmt.Println(x, y, elliptic.P256().IsOnCurve(x, y))
	fmt.Println(constant.BinaryOp(constant.MakeInt64(1<<40), token.MUL, constant.MakeFromLiteral("1e30", token.FLOAT, 0)), version.Compare("go1.21", "go1.9"))
	var cp comment.Parser
	fmt.Println(string((&comment.Printer{}).Text(cp.Parse("Hello.\n\n  code\n\n# Head\n\ntext [Link]"))))
	tree, err := parse.Parse("n", "{{.A}} b", "", "")
	fmt.Println(tree["n"].Root, err)
	fmt.Println(driver.IsValue(int64(1)), expvar.NewInt("v").String())
	loc, err := time.LoadLocation("Europe/Berlin")
	fmt.Println(time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC).In(loc), err)
	fmt.Println(exec.Command("no-such-command-x").Run() != nil, runtime.NumGoroutine() > 0, debug.SetGCPercent(50))
	allocs := testing.AllocsPerRun(10, func() { _ = big.NewInt(5) })
	fmt.Println(allocs >= 0)
	var pe *os.PathError
	_, err = os.ReadFile("/no/such/file")
	fmt.Println(errors.As(err, &pe), pe.Op, pe.Path)
}
