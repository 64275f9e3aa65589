// Embedded files: as a string, as bytes and as a file system (package embed).
package main

import (
	"embed"
	"io/fs"
)

//go:embed embedded/a.txt
var text string

//go:embed "embedded/sub/b.txt"
var bytes []byte

//go:embed embedded/*.txt embedded/sub
var all embed.FS

//go:embed embedded
//go:embed all:embedded
var folder embed.FS

func list(fsys fs.FS) {
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			println(path, err == nil)
			return err
		}
		content, err := fs.ReadFile(fsys, path)
		print(path, " ", err == nil, " ", string(content))
		return nil
	})
	println(err == nil)
}

func main() {
	print(text)
	bytes[0] = 'B'
	print(string(bytes))
	list(all)
	list(folder)
	_, err := all.ReadFile("embedded/none")
	println(err != nil)
}
