//! Packages checked side by side give what they give one after the other.

use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{CheckResult, PackageInput, PkgId, Sizes, SourceFile, Store, check_packages};
use std::fmt::Write as _;
use std::sync::Arc;

/// How many packages there are.
const COUNT: usize = 40;

/// The packages that package `i` imports.
fn imports(i: usize) -> Vec<usize> {
    let mut imports: Vec<usize> = [i / 2, i / 3, i.saturating_sub(3)]
        .into_iter()
        .filter(|&import| import < i)
        .collect();
    imports.sort_unstable();
    imports.dedup();
    imports
}

/// The text of package `i`: generic types and methods that instantiate those of its imports.
fn source(i: usize) -> String {
    let mut text = format!("package p{i}\n\n");
    for import in imports(i) {
        let _ = writeln!(text, "import \"p{import}\"");
    }
    let _ = writeln!(
        text,
        "\ntype List[T any] struct {{ head T; tail *List[T] }}"
    );
    let _ = writeln!(
        text,
        "func (l *List[T]) Push(x T) *List[T] {{ return &List[T]{{x, l}} }}"
    );
    let _ = writeln!(
        text,
        "type Shape interface {{ Area() float64; Name() string }}"
    );
    let _ = writeln!(
        text,
        "func Map[A, B any](l *List[A], f func(A) B) (out *List[B]) {{ return }}"
    );
    for import in imports(i) {
        let _ = writeln!(
            text,
            "var L{import} = p{import}.Map((&p{import}.List[int]{{}}).Push(1), func(x int) string {{ return \"\" }})"
        );
        let _ = writeln!(
            text,
            "var S{import} interface {{ p{import}.Shape; Extra() }}"
        );
        let _ = writeln!(
            text,
            "var M{import} map[p{import}.List[string]][]p{import}.List[List[int]]"
        );
    }
    // One error in some packages.
    if i % 7 == 3 {
        text.push_str("var wrong int = \"\"\n");
    }
    text
}

/// The types of the objects of all packages, and their errors.
fn dump(store: &Store, results: &[CheckResult]) -> String {
    let mut out = String::new();
    for result in results {
        let _ = writeln!(out, "package {}", result.package.path);
        let mut names = store.scope(result.package.scope).entries();
        names.sort_by_key(|&(name, _)| store.sym_text(name).to_owned());
        for (name, obj) in names {
            let typ = store.obj_type(obj).map(|t| store.full_type_string(t));
            let canon = store
                .obj_type(obj)
                .map(|t| store.full_type_string(store.canon(t)));
            let _ = writeln!(out, "  {}: {typ:?} {canon:?}", store.sym_text(name));
        }
        for error in &result.errors {
            let _ = writeln!(out, "  {:?} {}", error.pos.pos, error.msg);
        }
    }
    out
}

/// Checks all packages on so many threads.
fn run(threads: usize) -> String {
    let store = Store::new();
    let all: Vec<Vec<usize>> = (0..COUNT).map(imports).collect();
    let input = |i: usize, id: &dyn Fn(usize) -> PkgId| {
        let parsed = parse_file(source(i).as_bytes(), &ParseOptions::default());
        assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
        let name: Arc<str> = format!("p{i}.go").into();
        PackageInput {
            path: format!("p{i}").into(),
            files: vec![SourceFile {
                path: name.clone(),
                stable_path: name,
                tree: Arc::new(parsed.file),
                overlay: false,
            }],
            imports: imports(i)
                .into_iter()
                .map(|import| (Arc::from(format!("p{import}")), id(import)))
                .collect(),
            go_version: 26,
            sizes: Sizes::WASM32,
        }
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("threads can be made");
    let results = pool.install(|| check_packages(&store, &all, input));
    dump(&store, &results)
}

#[test]
fn threads_do_not_matter() {
    let want = run(1);
    assert!(want.contains("cannot use \"\""));
    for _ in 0..20 {
        assert_eq!(run(4), want);
    }
}
