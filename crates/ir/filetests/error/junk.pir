; test error
hello

; 2:1: expected `import`, `global`, `data`, `export` or `func`, found `hello`
