//! A small Go release, an embedded tree and a current folder `/w`, all in memory.

use std::path::PathBuf;
use std::sync::Arc;

use polkago_project::{Config, GoVersion, Graph, MemoryFs, Target, WorkFile, load};

const STD: &[(&str, &str)] = &[
    (
        "/go/src/fmt/print.go",
        "package fmt\n\nimport (\n\t\"internal/abi\"\n\t\"os\"\n)\n",
    ),
    (
        "/go/src/internal/abi/abi.go",
        "package abi\n\nimport \"unsafe\"\n",
    ),
    ("/go/src/internal/abi/asm_wasm.s", "// text\n"),
    ("/go/src/internal/abi/asm_amd64.s", "// text\n"),
    ("/go/src/os/os.go", "package os\n"),
    (
        "/go/src/os/os_linux.go",
        "package os\n\nimport \"missing/on/purpose\"\n",
    ),
    (
        "/go/src/os/os_test.go",
        "package os\n\nimport \"testing\"\n",
    ),
    (
        "/go/src/math/floor.go",
        "package math\n\nfunc Floor(x float64) float64\n",
    ),
    (
        "/go/src/net/idna.go",
        "package net\n\nimport \"golang.org/x/net/idna\"\n",
    ),
    (
        "/go/src/vendor/golang.org/x/net/idna/idna.go",
        "package idna\n",
    ),
    (
        "/go/src/runtime/proc.go",
        "package runtime\n\nimport \"internal/never\"\n",
    ),
    (
        "/go/src/runtime/debug/debug.go",
        "package debug\n\nimport \"runtime\"\n",
    ),
    ("/go/src/cmd/tool/main.go", "package main\n"),
    ("/go/src/testdata/x.go", "package x\n"),
    ("/go/src/builtin/builtin.go", "package builtin\n"),
    (
        "$POLKAGO/runtime/malloc.go",
        "package runtime\n\nimport \"internal/abi\"\n",
    ),
    (
        "$POLKAGO/overlay/math/floor.go",
        "package math\n\nfunc Floor(x float64) float64 { return x }\n",
    ),
    (
        "$POLKAGO/overlay/internal/extra/extra.go",
        "package extra\n",
    ),
    (
        "$POLKAGO/sdk/abi/abi.go",
        "package abi\n\nimport \"unsafe\"\n",
    ),
    ("$POLKAGO/sdk/go.mod", "module polkago.dev/sdk\n\ngo 1.25\n"),
];

/// A configuration over the small release and some files.
pub fn config(files: &[(&str, &str)]) -> Config {
    let mut fs = MemoryFs::from_files(STD.iter().copied());
    for (path, content) in files {
        fs.insert(path, content);
    }
    Config {
        fs: Arc::new(fs),
        current_dir: PathBuf::from("/w"),
        target: Target::polkago("polkadot"),
        goroot: PathBuf::from("/go"),
        go_version: GoVersion::parse("1.26.8").expect("valid"),
        module_cache: Some(PathBuf::from("/cache")),
        fetcher: None,
        mod_flag: None,
        work_file: WorkFile::Upward,
        tests: false,
        test_programs: false,
        implicit: vec!["runtime".to_string()],
    }
}

/// Loads what some arguments name.
pub fn load_in(files: &[(&str, &str)], arguments: &[&str]) -> Graph {
    let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
    load(&config(files), &arguments)
}

/// The import paths of the packages, in order.
pub fn paths(graph: &Graph) -> Vec<&str> {
    graph
        .packages
        .values()
        .map(|package| &*package.import_path)
        .collect()
}

/// The errors as a user sees them.
pub fn errors(graph: &Graph) -> Vec<String> {
    graph.errors.iter().map(ToString::to_string).collect()
}
