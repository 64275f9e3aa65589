// Packages regexp, text/template, html/template, text/tabwriter, encoding/csv, html, unicode and text/scanner.
package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	htmpl "html/template"
	"os"
	"regexp"
	"strings"
	"text/scanner"
	"text/tabwriter"
	"text/template"
	"unicode"
	"unicode/utf16"
)

type user struct {
	Name  string
	Roles []string
	Meta  map[string]int
}

func (u user) Upper() string                   { return strings.ToUpper(u.Name) }
func (u *user) Greet(how string, n int) string { return strings.Repeat(how+" "+u.Name+" ", n) }
func (u user) Fail() (string, error)           { return "", errors.New("failed") }

func main() {
	re := regexp.MustCompile(`(?i)(\w+)@(?P<host>[a-z]+)\.(com|org)`)
	text := "Bob@Example.com, al@test.org; x@y.net"
	fmt.Println(re.FindString(text), re.FindStringIndex(text), re.NumSubexp(), re.SubexpNames())
	fmt.Println(re.FindAllStringSubmatch(text, -1))
	fmt.Println(re.ReplaceAllString(text, "<${host}:$1>"), re.ReplaceAllLiteralString("a@b.com", "$1"))
	fmt.Println(re.ReplaceAllStringFunc(text, strings.ToUpper))
	fmt.Println(regexp.MustCompile(`a*?b|c+`).FindAllString("aabcccab", -1), regexp.MustCompile(`\s*[,;]\s*`).Split("a , b;c", -1))
	fmt.Println(regexp.MustCompile(`^(\d{1,3})(\.\d{1,3}){3}$`).MatchString("192.168.0.1"), regexp.QuoteMeta("a.b*c"))
	_, err := regexp.Compile(`a(b`)
	fmt.Println(err)
	fmt.Printf("%q\n", regexp.MustCompile(`[\p{Greek}\d]+`).FindAllString("αβγ 12 abc δ3", -1))

	u := &user{"ann", []string{"admin", "dev"}, map[string]int{"b": 2, "a": 1}}
	t := template.Must(template.New("t").Funcs(template.FuncMap{"join": strings.Join, "add": func(a, b int) int { return a + b }}).Parse(
		`{{define "item"}}[{{.}}]{{end -}}
Hello {{.Name | printf "%-6s|"}} {{.Upper}} {{.Greet "hi" 2}}
{{range $i, $r := .Roles}}{{if $i}}, {{end}}{{$i}}:{{template "item" $r}}{{else}}none{{end}}
{{range $k, $v := .Meta}}{{$k}}={{add $v 1}} {{end}}{{with .Meta.zz}}zz{{else}}no zz{{end}}
{{len .Roles}} {{index .Roles 1}} {{join .Roles "+"}} {{eq .Name "ann"}} {{and true .Name}} {{not false}} {{or 0 "x"}} {{lt 1 2}} {{html "<a>"}} {{js "it's"}} {{slice .Name 1 2}}
{{- /* comment */ -}}
{{range 3}} {{.}}{{end}}{{range $i := .Roles}}{{break}}{{end}}
`))
	fmt.Println(t.Execute(os.Stdout, u))
	fmt.Println(template.Must(template.New("e").Parse(`{{.Fail}}`)).Execute(os.Stdout, u))
	fmt.Println(template.Must(template.New("m").Parse(`{{.Missing}}`)).Execute(os.Stdout, u))
	_, err = template.New("p").Parse(`{{if}}`)
	fmt.Println(err)
	h := htmpl.Must(htmpl.New("h").Parse(`<a href="/q?x={{.}}" onclick="f({{.}})">{{.}}</a><script>var x = {{.}};</script>` + "\n"))
	fmt.Println(h.Execute(os.Stdout, `<O'Reilly> & "co"`))

	w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(w, "a\tbbb\tc")
	fmt.Fprintln(w, "aaaa\tb\tccccc")
	w.Flush()
	r := csv.NewReader(strings.NewReader("a,\"b,1\",c\n1,\"x\"\"y\",3\n"))
	recs, err := r.ReadAll()
	fmt.Printf("%q %v\n", recs, err)
	_, err = csv.NewReader(strings.NewReader("a,\"b\n")).ReadAll()
	fmt.Println(err)
	cw := csv.NewWriter(os.Stdout)
	cw.Write([]string{"plain", "with,comma", "quote\"d", " space"})
	cw.Flush()
	fmt.Println(html.EscapeString("<a href='x'>&"), html.UnescapeString("&lt;&eacute;&#x4e16;&amp;"))
	fmt.Println(unicode.IsUpper('É'), unicode.In('世', unicode.Han), unicode.ToLower('Σ'), unicode.SimpleFold('K'), utf16.Encode([]rune("😀")))
	var s scanner.Scanner
	s.Init(strings.NewReader("x := 3.14 + \"str\" // c"))
	for tok := s.Scan(); tok != scanner.EOF; tok = s.Scan() {
		fmt.Print(s.Position, ":", scanner.TokenString(tok), ":", s.TokenText(), " ")
	}
	fmt.Println()
}
