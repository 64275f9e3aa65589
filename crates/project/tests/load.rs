//! Loading from memory: what arguments name, what imports mean, and what is said where something is wrong.

mod common;

use common::{config, errors, load_in, paths};
use polkago_project::{ImportTarget, Origin, load};

const MOD: (&str, &str) = ("/w/go.mod", "module example.com/w\n\ngo 1.24\n");

#[test]
fn packages_come_after_what_they_import() {
    let graph = load_in(
        &[
            MOD,
            (
                "/w/main.go",
                "package main\n\nimport (\n\t\"example.com/w/sub\"\n\t\"fmt\"\n)\n",
            ),
            (
                "/w/sub/sub.go",
                "package sub\n\nimport \"polkago.dev/sdk/abi\"\n",
            ),
        ],
        &[],
    );
    assert_eq!(errors(&graph), [""; 0]);
    let want = [
        "internal/abi",
        "runtime",
        "polkago.dev/sdk/abi",
        "example.com/w/sub",
        "os",
        "fmt",
        "example.com/w",
    ];
    assert_eq!(paths(&graph), want);
    let [root] = graph.roots[..] else {
        panic!("one root")
    };
    let main = &graph.packages[root];
    assert_eq!(
        (main.name.as_str(), main.go_version.to_string().as_str()),
        ("main", "1.24")
    );
    assert_eq!(
        (&*main.files[0].path, &*main.files[0].stable_path),
        ("./main.go", "example.com/w/main.go")
    );
    let fmt = main.import("fmt").expect("imported");
    assert_eq!(
        fmt.target,
        ImportTarget::Package(graph.find("fmt").expect("loaded"))
    );
    assert_eq!(fmt.position.to_string(), "main.go:5:2");
    for (id, package) in &graph.packages {
        for import in &package.imports {
            if let ImportTarget::Package(imported) = import.target {
                assert!(
                    imported < id,
                    "{} before {}",
                    import.path,
                    package.import_path
                );
            }
        }
    }
}

#[test]
fn files_belong_by_name_and_by_constraint() {
    let graph = load_in(
        &[
            MOD,
            ("/w/a.go", "package w\n"),
            ("/w/a_test.go", "package w\nimport \"none\"\n"),
            ("/w/b_windows.go", "package w\nimport \"none\"\n"),
            ("/w/c.go", "//go:build polkadot && !cgo\n\npackage w\n"),
            (
                "/w/d.go",
                "//go:build ignore\n\npackage main\nimport \"none\"\n",
            ),
            ("/w/e.go", "package w\n\nimport \"C\"\n"),
            ("/w/f.go", "package documentation\n"),
            ("/w/_g.go", "junk"),
            ("/w/.h.go", "junk"),
            ("/w/i_wasm.go", "package w\n"),
        ],
        &["."],
    );
    assert_eq!(errors(&graph), [""; 0]);
    let files = &graph.packages[graph.roots[0]].files;
    let names: Vec<_> = files.iter().map(|file| &*file.path).collect();
    assert_eq!(names, ["./a.go", "./c.go", "./i_wasm.go"]);
    let abi = &graph.packages[graph.find("internal/abi").expect("loaded")];
    assert_eq!(abi.assembly, ["asm_wasm.s"]);
}

#[test]
fn arguments_name_packages() {
    let files = [
        MOD,
        ("/w/main.go", "package main\n"),
        ("/w/a/a.go", "package a\n"),
        ("/w/a/b/b.go", "package b\n"),
        ("/w/a/skip/x_windows.go", "package skip\n"),
        ("/w/_x/x.go", "package x\n"),
        ("/w/a/testdata/x.go", "package x\n"),
        ("/w/nested/go.mod", "module example.com/nested\n"),
        ("/w/nested/n.go", "package n\n"),
        ("/w/vendor/v/v.go", "package v\n"),
        ("/elsewhere/x.go", "package main\n\nimport \"os\"\n"),
    ];
    for (arguments, want) in [
        (&[][..], &["example.com/w"][..]),
        (&["./a"], &["example.com/w/a"]),
        (&["a"], &["example.com/w/a"]),
        (&["example.com/w/a/b"], &["example.com/w/a/b"]),
        (
            &["./..."],
            &["example.com/w", "example.com/w/a", "example.com/w/a/b"],
        ),
        (&["./a/..."], &["example.com/w/a", "example.com/w/a/b"]),
        (
            &["example.com/w/a..."],
            &["example.com/w/a", "example.com/w/a/b"],
        ),
        (&["./a", "a", "os"], &["example.com/w/a", "os"]),
        (&["nested"], &["example.com/nested"]),
        (&["main.go"], &["command-line-arguments"]),
        (&["../elsewhere/x.go"], &["command-line-arguments"]),
        (&["/elsewhere"], &["command-line-arguments"]),
        (&["/go/src/os"], &["os"]),
        (&["fmt", "internal/extra"], &["fmt", "internal/extra"]),
        (
            &["std"],
            &[
                "fmt",
                "internal/abi",
                "math",
                "net",
                "os",
                "runtime",
                "runtime/debug",
                "vendor/golang.org/x/net/idna",
            ],
        ),
        (&["runtime/..."], &["runtime", "runtime/debug"]),
    ] {
        let graph = load_in(&files, arguments);
        assert_eq!(errors(&graph), [""; 0], "{arguments:?}");
        let roots: Vec<_> = graph
            .roots
            .iter()
            .map(|&id| &*graph.packages[id].import_path)
            .collect();
        assert_eq!(roots, want, "{arguments:?}");
    }
    let graph = load_in(&files, &["./a/none..."]);
    assert_eq!(graph.warnings, ["\"./a/none...\" matched no packages"]);
}

#[test]
fn bad_arguments_have_one_clear_error_each() {
    let files = [
        MOD,
        ("/w/main.go", "package main\n"),
        ("/w/main_test.go", "package main\n"),
        ("/w/empty/x.txt", ""),
        ("/w/excluded/x_windows.go", "package x\n"),
        ("/w/tests/x_test.go", "package x\n"),
        ("/w/mixed/a.go", "package a\n"),
        ("/w/mixed/b.go", "package b\n"),
        ("/w/nested/go.mod", "module example.com/nested\n"),
        ("/w/nested/n.go", "package n\n"),
        ("/other/x.go", "package x\n"),
    ];
    for (arguments, want) in [
        (&["./nope"][..], "stat nope: directory not found"),
        (&["nope"], "package nope is not in std ($GOROOT/src/nope)"),
        (&["nope.go"], "stat nope.go: no such file or directory"),
        (
            &["main.go", "empty"],
            "named files must be .go files: empty",
        ),
        (
            &["main.go", "../other/x.go"],
            "named files must all be in one directory; have . and ../other",
        ),
        (
            &["main_test.go"],
            "cannot run *_test.go files (main_test.go)",
        ),
        (
            &["main.go", "./main.go"],
            "package command-line-arguments: case-insensitive file name collision: \"main.go\" and \"main.go\"",
        ),
        (&["./empty"], "no Go files in empty"),
        (
            &["./excluded"],
            "package example.com/w/excluded: build constraints exclude all Go files in excluded",
        ),
        (&["./tests"], "no non-test Go files in tests"),
        (
            &["./mixed"],
            "found packages a (a.go) and b (b.go) in mixed",
        ),
        (
            &[".", "./nested"],
            "main module (example.com/w) does not contain package example.com/w/nested",
        ),
        (
            &[".", "../other"],
            "directory ../other outside main module or its selected dependencies",
        ),
        (
            &[".", "../other/..."],
            "pattern ../other/...: directory prefix ../other does not contain main module or its selected dependencies",
        ),
        (
            &["./zz/..."],
            "pattern ./zz/...: lstat ./zz/: no such file or directory",
        ),
        (
            &["example.com/none"],
            "no required module provides package example.com/none; to add it:\n\tgo get example.com/none",
        ),
        (&["unsafe"], "package unsafe has no files"),
        (&[""], "invalid import path: "),
        (&["a b"], "invalid import path: a b"),
    ] {
        assert_eq!(errors(&load_in(&files, arguments)), [want], "{arguments:?}");
    }
}

#[test]
fn bad_imports_are_reported_where_they_stand() {
    for (path, want) in [
        (
            "foo/bar",
            "main.go:3:8: package foo/bar is not in std ($GOROOT/src/foo/bar)",
        ),
        (
            "example.com/none",
            "main.go:3:8: no required module provides package example.com/none; to add it:\n\tgo get example.com/none",
        ),
        (
            "./sub",
            "main.go:3:8: \"./sub\" is relative, but relative import paths are not supported in module mode",
        ),
        (
            "/abs",
            "main.go:3:8: \"/abs\" is not a package path; see 'go help packages'",
        ),
        ("", "main.go:3:8: invalid import path: "),
        ("a b", "main.go:3:8: invalid import path: a b"),
        (
            "a/../b",
            "main.go:3:8: malformed import path \"a/../b\": invalid path element \"..\"",
        ),
        (
            "foo@v1",
            "main.go:3:8: can only use path@version syntax with 'go get' and 'go install' in module-aware mode",
        ),
        (
            "vendor/golang.org/x/net/idna",
            "main.go:3:8: use of vendored package not allowed",
        ),
        (
            "golang.org/x/net/idna",
            "main.go:3:8: no required module provides package golang.org/x/net/idna; to add it:\n\tgo get golang.org/x/net/idna",
        ),
        (
            "internal/abi",
            "main.go:3:8: use of internal package internal/abi not allowed",
        ),
        (
            "example.com/w/p/internal/q",
            "main.go:3:8: use of internal package example.com/w/p/internal/q not allowed",
        ),
        (
            "example.com/w/prog",
            "main.go:3:8: import \"example.com/w/prog\" is a program, not an importable package",
        ),
        (
            "example.com/w/excluded",
            "main.go:3:8: build constraints exclude all Go files in excluded",
        ),
        (
            "example.com/w",
            "package example.com/w\n\timports example.com/w from main.go: import cycle not allowed",
        ),
    ] {
        let main = format!("package main\n\nimport _ \"{path}\"\n");
        let graph = load_in(
            &[
                MOD,
                ("/w/main.go", &main),
                ("/w/p/internal/q/q.go", "package q\n"),
                ("/w/prog/p.go", "package main\n"),
                ("/w/excluded/x_windows.go", "package x\n"),
            ],
            &[],
        );
        let mut found = errors(&graph);
        // The package that imports itself is a program besides.
        found.retain(|error| path != "example.com/w" || !error.contains("is a program"));
        assert_eq!(found, [want], "{path}");
    }
}

#[test]
fn without_a_module_files_find_std_and_the_sdk() {
    let files = [(
        "/w/x.go",
        "package main\n\nimport (\n\t\"fmt\"\n\t\"polkago.dev/sdk/abi\"\n\t\"example.com/none\"\n)\n",
    )];
    let graph = load_in(&files, &["x.go"]);
    let want = "x.go:6:2: no required module provides package example.com/none: go.mod file not found in current directory or any parent directory; see 'go help modules'";
    assert_eq!(errors(&graph), [want]);
    assert_eq!(
        &*graph.packages[graph.roots[0]].files[0].stable_path,
        "command-line-arguments/x.go"
    );
    let sdk = &graph.packages[graph.find("polkago.dev/sdk/abi").expect("loaded")];
    assert_eq!(
        (&sdk.origin, sdk.go_version.to_string().as_str()),
        (&Origin::Sdk, "1.25")
    );
    assert_eq!(&*sdk.files[0].path, "$POLKAGO/sdk/abi/abi.go");
}

#[test]
fn import_cycles_show_the_way_round() {
    let graph = load_in(
        &[
            MOD,
            ("/w/main.go", "package main\nimport \"example.com/w/a\"\n"),
            ("/w/a/a.go", "package a\nimport \"example.com/w/b\"\n"),
            (
                "/w/b/b.go",
                "package b\nimport \"fmt\"\nimport \"example.com/w/a\"\n",
            ),
        ],
        &[],
    );
    let want = "package example.com/w\n\timports example.com/w/a from main.go\n\timports example.com/w/b from a.go\n\timports example.com/w/a from b.go: import cycle not allowed";
    assert_eq!(errors(&graph), [want]);
    let b = &graph.packages[graph.find("example.com/w/b").expect("loaded")];
    assert_eq!(
        b.import("example.com/w/a").expect("import").target,
        ImportTarget::Missing
    );
}

#[test]
fn a_long_chain_of_packages_loads() {
    let files: Vec<(String, String)> = (0..3000)
        .map(|i| {
            (
                format!("/w/p{i}/p.go"),
                format!("package p{i}\nimport _ \"example.com/w/p{}\"\n", i + 1),
            )
        })
        .chain([("/w/p3000/p.go".to_string(), "package p3000\n".to_string())])
        .collect();
    let mut files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    files.push(MOD);
    let graph = load_in(&files, &["./p0"]);
    assert_eq!(errors(&graph), [""; 0]);
    assert_eq!(graph.packages.len(), 3001 + 2);
}

#[test]
fn internal_packages_are_for_their_tree() {
    let graph = load_in(
        &[
            (
                "/w/go.mod",
                "module example.com/w\ngo 1.26\nrequire a.b/c v1.0.0\n",
            ),
            (
                "/w/sub/s.go",
                "package sub\nimport \"example.com/w/internal/x\"\n",
            ),
            ("/w/internal/x/x.go", "package x\n"),
            (
                "/w/file.go",
                "package main\nimport \"example.com/w/internal/x\"\nimport \"a.b/c\"\n",
            ),
            (
                "/cache/a.b/c@v1.0.0/c.go",
                "package c\nimport \"a.b/c/internal/y\"\nimport \"example.com/w/internal/x\"\n",
            ),
            ("/cache/a.b/c@v1.0.0/internal/y/y.go", "package y\n"),
            ("/w/go.sum", "a.b/c v1.0.0 h1:x\na.b/c v1.0.0/go.mod h1:y\n"),
        ],
        &["file.go"],
    );
    let want = "$GOMODCACHE/a.b/c@v1.0.0/c.go:3:8: use of internal package example.com/w/internal/x not allowed";
    assert_eq!(errors(&graph), [want]);
    let c = &graph.packages[graph.find("a.b/c").expect("loaded")];
    assert_eq!(&*c.files[0].stable_path, "a.b/c@v1.0.0/c.go");
}

#[test]
fn std_is_overlaid_for_our_targets_only() {
    let main = (
        "/w/main.go",
        "package main\nimport (\n\t\"math\"\n\t\"net\"\n\t\"runtime/debug\"\n)\n",
    );
    let graph = load_in(&[MOD, main], &[]);
    assert_eq!(errors(&graph), [""; 0]);
    let runtime = &graph.packages[graph.find("runtime").expect("loaded")];
    assert_eq!(runtime.origin, Origin::Runtime);
    assert_eq!(&*runtime.files[0].stable_path, "$POLKAGO/runtime/malloc.go");
    let math = &graph.packages[graph.find("math").expect("loaded")];
    let files: Vec<_> = math
        .files
        .iter()
        .map(|file| (&*file.path, file.overlay))
        .collect();
    assert_eq!(
        files,
        [
            ("$GOROOT/src/math/floor.go", false),
            ("$POLKAGO/overlay/math/floor.go", true)
        ]
    );
    let net = &graph.packages[graph.find("net").expect("loaded")];
    let idna = net.import("golang.org/x/net/idna").expect("imported");
    assert_eq!(
        idna.target,
        ImportTarget::Package(graph.find("vendor/golang.org/x/net/idna").expect("loaded"))
    );

    let mut official = config(&[
        MOD,
        main,
        ("/go/src/internal/never/n.go", "package never\n"),
    ]);
    official.target = polkago_project::Target::official("linux", "amd64");
    let graph = load(&official, &[]);
    assert_eq!(errors(&graph), [""; 0]);
    let runtime = &graph.packages[graph.find("runtime").expect("loaded")];
    assert_eq!(
        (&runtime.origin, &*runtime.files[0].path),
        (&Origin::Std, "$GOROOT/src/runtime/proc.go")
    );
    assert_eq!(
        graph.packages[graph.find("math").expect("loaded")]
            .files
            .len(),
        1
    );
}

#[test]
fn content_hashes_name_the_input() {
    let hashes = |main: &str, sub: &str, dir: &str| {
        let at = |name: &str| format!("{dir}/{name}");
        let files = [
            (at("go.mod"), MOD.1),
            (at("main.go"), main),
            (at("sub/s.go"), sub),
        ];
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), *text))
            .collect();
        let graph = load_in(&files, &[dir]);
        assert_eq!(errors(&graph), [""; 0]);
        let hash = |path: &str| graph.packages[graph.find(path).expect("loaded")].content_hash;
        [
            hash("example.com/w"),
            hash("example.com/w/sub"),
            hash("runtime"),
        ]
    };
    let main = "package main\nimport \"example.com/w/sub\"\n";
    let base = hashes(main, "package sub\n", "/w");
    assert_eq!(base, hashes(main, "package sub\n", "/another/place"));
    let changed = hashes(main, "package sub // changed\n", "/w");
    assert_ne!(base[0], changed[0]);
    assert_ne!(base[1], changed[1]);
    assert_eq!(base[2], changed[2]);
    assert_ne!(base[0], base[1]);
}

#[test]
fn the_result_does_not_depend_on_threads() {
    let files: Vec<(String, String)> = (0..40)
        .map(|i| {
            let imports: String = (i + 1..40)
                .step_by(3)
                .map(|j| format!("import _ \"example.com/w/p{j}\"\n"))
                .collect();
            (
                format!("/w/p{i}/p.go"),
                format!("package p{i}\n{imports}import _ \"gone{i}\"\n"),
            )
        })
        .collect();
    let mut files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    files.push(MOD);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("pool");
        let graph = pool.install(|| load_in(&files, &["./..."]));
        let hashes: Vec<_> = graph
            .packages
            .values()
            .map(|package| package.content_hash)
            .collect();
        (paths(&graph).join(" "), errors(&graph), hashes)
    };
    let one = run(1);
    assert_eq!(one.1.len(), 40);
    assert_eq!(one, run(7));
}

#[test]
fn junk_in_files_never_stops_loading() {
    for junk in [
        &b"\xff\xfe\x00"[..],
        b"",
        b"package",
        b"package main\nimport (\"fmt\n",
        b"/*",
        b"//go:build (\n\npackage x",
    ] {
        let mut config = config(&[MOD]);
        let mut fs = polkago_project::MemoryFs::from_files([MOD]);
        fs.insert("/w/main.go", junk);
        fs.insert("$POLKAGO/runtime/r.go", "package runtime\n");
        config.fs = std::sync::Arc::new(fs);
        let graph = load(&config, &[]);
        assert!(graph.errors.len() <= 1, "{:?}", graph.errors);
    }
}

#[test]
fn an_imported_folder_without_files_is_missed_also_where_a_pattern_names_it() {
    let files = [
        MOD,
        ("/w/a.go", "package w\n\nimport _ \"example.com/w/q\"\n"),
        ("/w/q/q_windows.go", "package q\n"),
        ("/w/r/r_windows.go", "package r\n"),
    ];
    for arguments in [&["./..."][..], &[]] {
        let graph = load_in(&files, arguments);
        assert_eq!(
            errors(&graph),
            ["a.go:3:8: build constraints exclude all Go files in q"],
            "{arguments:?}"
        );
    }
}

#[test]
fn settings_come_from_versions_lines_and_directives() {
    let settings = |go_mod: &str, directives: &str| {
        let table = "package godebugs\n\nvar All = []Info{\n\
            \t{Name: \"newest\", Package: \"p\", Changed: 26, Old: \"0\"},\n\
            \t{Name: \"old\", Package: \"p\", Changed: 21, Old: \"1\", Opaque: true},\n}\n";
        let main = format!("{directives}package main\n\nimport _ \"internal/godebugs\"\n");
        let graph = load_in(
            &[
                ("/w/go.mod", go_mod),
                ("/w/main.go", &main),
                ("/go/src/internal/godebugs/table.go", table),
            ],
            &[],
        );
        graph.godebug(graph.roots[0])
    };
    let module = |lines: &str| format!("module example.com/w\n\n{lines}");
    assert_eq!(settings(&module("go 1.26\n"), ""), "");
    assert_eq!(settings(&module("go 1.24\n"), ""), "newest=0");
    assert_eq!(settings(&module("go 1.20\n"), ""), "newest=0,old=1");
    let lines = module("go 1.20\ngodebug (\n\tdefault=go1.24\n\told=2\n)\n");
    assert_eq!(settings(&lines, ""), "newest=0,old=2");
    let directives = "//go:debug old=3\n//go:debug a=b\n\n";
    assert_eq!(settings(&lines, directives), "a=b,newest=0,old=3");
}
