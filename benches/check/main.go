// Command check does what `polkago check --goos linux --goarch amd64 PKG...` does, with go/types: it parses the
// packages and all that they import, and checks each once, function bodies included.
package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
)

type packages struct {
	context *build.Context
	fset    *token.FileSet
	checked map[string]*types.Package
}

func (p *packages) Import(path string) (*types.Package, error) { return p.ImportFrom(path, "", 0) }

func (p *packages) ImportFrom(path, dir string, _ types.ImportMode) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	found, err := p.context.Import(path, dir, 0)
	if err != nil || p.checked[found.ImportPath] != nil {
		return p.checked[found.ImportPath], err
	}
	var files []*ast.File
	for _, name := range found.GoFiles {
		file, err := parser.ParseFile(p.fset, filepath.Join(found.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	config := types.Config{Importer: p, Sizes: types.SizesFor("gc", p.context.GOARCH)}
	pkg, err := config.Check(found.ImportPath, p.fset, files, nil)
	p.checked[found.ImportPath] = pkg
	return pkg, err
}

func main() {
	context := build.Default
	context.GOOS, context.GOARCH, context.CgoEnabled = "linux", "amd64", false
	p := &packages{&context, token.NewFileSet(), map[string]*types.Package{}}
	for _, path := range os.Args[1:] {
		if _, err := p.Import(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	fmt.Println(len(p.checked), "packages")
}
