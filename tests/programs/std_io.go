// Packages bufio, bytes, io, log, flag, os and path: streams and command lines.
package main

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing/fstest"
	"testing/iotest"
)

func main() {
	sc := bufio.NewScanner(strings.NewReader("one two\nthree"))
	sc.Split(bufio.ScanWords)
	for sc.Scan() {
		fmt.Print(sc.Text(), ".")
	}
	fmt.Println(sc.Err())
	br := bufio.NewReaderSize(iotest.OneByteReader(strings.NewReader("line1\nline2\r\nrest")), 16)
	l, err := br.ReadString('\n')
	fmt.Printf("%q %v\n", l, err)
	bl, pre, err := br.ReadLine()
	fmt.Printf("%q %v %v\n", bl, pre, err)
	p, err := br.Peek(2)
	fmt.Printf("%q %v\n", p, err)
	rest, err := io.ReadAll(br)
	fmt.Printf("%q %v\n", rest, err)
	var buf bytes.Buffer
	bw := bufio.NewWriter(&buf)
	fmt.Fprintf(bw, "%d-%s", 5, "x")
	fmt.Println(buf.Len(), bw.Buffered(), bw.Flush(), buf.String())
	r := io.TeeReader(io.LimitReader(io.MultiReader(strings.NewReader("abc"), strings.NewReader("defgh")), 6), &buf)
	n, err := io.Copy(io.Discard, r)
	fmt.Println(n, err, buf.String())
	_, err = io.ReadFull(strings.NewReader("ab"), make([]byte, 3))
	fmt.Println(err, errors.Is(err, io.ErrUnexpectedEOF))
	sr := io.NewSectionReader(strings.NewReader("0123456789"), 2, 5)
	sr.Seek(-2, io.SeekEnd)
	tail, _ := io.ReadAll(sr)
	fmt.Println(string(tail))
	fmt.Println(bytes.Fields([]byte(" a b ")), bytes.Title([]byte("go lang")), bytes.TrimFunc([]byte("xxaxx"), func(r rune) bool { return r == 'x' }))

	var z bytes.Buffer
	zw := gzip.NewWriter(&z)
	zw.Name = "n"
	io.WriteString(zw, strings.Repeat("compress me ", 100))
	zw.Close()
	zr, err := gzip.NewReader(&z)
	data, err2 := io.ReadAll(zr)
	fmt.Println(zr.Name, len(data), err, err2)
	var fl bytes.Buffer
	fw, _ := flate.NewWriter(&fl, 9)
	fw.Write(data)
	fw.Close()
	fmt.Println(fl.Len() < 60)

	lg := log.New(os.Stdout, "[p] ", log.Lmsgprefix)
	lg.Println("logged", 1)
	lg.Printf("%05d", 42)
	sl := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(g []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
	sl.Info("msg", "k", 1, slog.Group("g", "x", "y z"))
	sl.With("a", true).Warn("w")
	fsx := flag.NewFlagSet("prog", flag.ContinueOnError)
	fsx.SetOutput(os.Stdout)
	num := fsx.Int("n", 3, "a `number`")
	str := fsx.String("s", "def", "a string")
	b := fsx.Bool("b", false, "a bool")
	d := fsx.Duration("d", 0, "how long")
	fmt.Println(fsx.Parse([]string{"-n", "7", "--s=x y", "-b", "-d=1m30s", "arg", "-n"}), *num, *str, *b, *d, fsx.Args())
	fmt.Println(fsx.Parse([]string{"-zz"}))
	fmt.Println(fsx.Parse([]string{"-n", "q"}))

	fmt.Println(path.Join("a", "../b", "c"), path.Base("/x/y.go"), path.Ext("y.tar.gz"), filepath.Clean("/a/./b//../c"))
	m, err := path.Match("*.g?", "x.go")
	fmt.Println(m, err)
	fsys := fstest.MapFS{"d/a.txt": {Data: []byte("A")}, "d/e/b.txt": {Data: []byte("BB")}, "c": {}}
	fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		fmt.Print(p, " ", d.IsDir(), "; ")
		return err
	})
	g, err := fs.Glob(fsys, "d/*.txt")
	fmt.Println(g, err)
	txt, err := fs.ReadFile(fsys, "d/e/b.txt")
	fmt.Println(string(txt), err)
	_, err = fs.ReadFile(fsys, "nope")
	fmt.Println(err, errors.Is(err, fs.ErrNotExist))
	_, err = os.Open("/definitely/not/there")
	fmt.Println(errors.Is(err, os.ErrNotExist) || err != nil)
	fmt.Println(len(os.Args), os.Getenv("NO_SUCH_VARIABLE_X") == "")
	os.Setenv("SET_HERE", "v")
	fmt.Println(os.ExpandEnv("<$SET_HERE ${SET_HERE}>"))
	pr, pw := io.Pipe()
	go func() {
		fmt.Fprint(pw, "through the pipe")
		pw.Close()
	}()
	piped, err := io.ReadAll(pr)
	fmt.Println(string(piped), err)
	defer fmt.Println("not printed: os.Exit runs no deferred calls")
	os.Stdout.WriteString("direct\n")
	os.Exit(3)
}
