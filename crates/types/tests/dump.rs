//! What the side tables say: each file `dump/NAME.go` is checked, and mode, type and value of every expression,
//! selections, captures, instances and facts about variables are compared with `dump/NAME.txt`.
//!
//! `UPDATE=1` rewrites the files.

mod support;

use libtest_mimic::{Arguments, Failed, Trial};
use polkago_syntax::{ParseOptions, parse_file, print::short_expr};
use polkago_types::{
    Mode, ObjKind, Package, PackageInput, PackageKind, Sizes, SourceFile, Store, VarKind,
    check_package,
};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Everything known about the file of a package.
fn dump(store: &Store, package: &Package) -> String {
    let mut out = String::new();
    let (tree, info) = (&package.files[0].tree, &package.info[0]);
    let type_string = |t| store.type_string(t, &|_| String::new());
    let mut exprs: Vec<_> = tree
        .expr
        .iter()
        .filter(|(id, _)| info.exprs[*id].mode != Mode::Invalid)
        .collect();
    exprs.sort_by_key(|(_, expr)| (expr.span.start, std::cmp::Reverse(expr.span.end)));
    let mut last = 0;
    for (id, expr) in exprs {
        let data = info.exprs[id];
        if matches!(data.mode, Mode::Type | Mode::Builtin(_)) {
            continue;
        }
        let line = tree.lines.line(expr.span.start);
        if line != last {
            let _ = writeln!(out, "line {line}");
            last = line;
        }
        let typ = data
            .typ
            .expand()
            .map_or_else(|| "-".to_owned(), type_string);
        let _ = write!(out, "  {}: {:?} {typ}", short_expr(tree, id), data.mode);
        if let Some(value) = info.consts.get(&id) {
            let _ = write!(out, " = {value}");
        }
        if let Some(selection) = info.selections.get(&id) {
            let _ = write!(out, " [{:?} path {:?}", selection.kind, selection.path);
            if selection.indirect {
                out.push_str(" indirect");
            }
            if let Some(index) = selection.iface_method {
                let _ = write!(out, " interface method {index}");
            }
            out.push(']');
        }
        if let Some(captures) = info.captures.get(&id) {
            let names: Vec<_> = captures.iter().map(|&obj| store.obj_name(obj)).collect();
            let _ = write!(out, " [captures {}]", names.join(" "));
        }
        out.push('\n');
    }
    let mut idents: Vec<_> = info.instances.iter().collect();
    idents.sort();
    for (&ident, targs) in idents {
        let targs: Vec<_> = targs.iter().map(|&t| type_string(t)).collect();
        let _ = writeln!(
            out,
            "instance {}[{}]",
            tree.ident_text(ident),
            targs.join(", ")
        );
    }
    let mut vars: Vec<_> = package.vars.iter().collect();
    vars.sort_by_key(|&(&obj, _)| store.obj(obj).pos);
    for (&obj, facts) in vars {
        if !matches!(
            store.obj(obj).kind,
            ObjKind::Var(VarKind::Local | VarKind::Param | VarKind::Result)
        ) {
            continue;
        }
        let words: Vec<_> = [
            (facts.addressed, "addressed"),
            (facts.captured, "captured"),
            (facts.reassigned, "reassigned"),
        ]
        .into_iter()
        .filter_map(|(holds, word)| holds.then_some(word))
        .collect();
        if let Some(pos) = store.obj(obj).pos
            && !words.is_empty()
        {
            let line = tree.lines.line(pos.pos);
            let _ = writeln!(
                out,
                "variable {} of line {line}: {}",
                store.obj_name(obj),
                words.join(", ")
            );
        }
    }
    out
}

/// Compares the dump of `NAME.go` with `NAME.txt`.
fn run(path: &Path) -> Result<(), Failed> {
    let source = std::fs::read(path)?;
    let parsed = parse_file(&source, &ParseOptions::default());
    let name: Arc<str> = "p.go".into();
    let file = SourceFile {
        path: name.clone(),
        stable_path: name,
        tree: Arc::new(parsed.file),
        overlay: false,
    };
    let store = Store::new();
    let input = PackageInput {
        path: "p".into(),
        files: vec![file],
        imports: rustc_hash::FxHashMap::default(),
        go_version: 26,
        sizes: Sizes::WASM32,
        kind: PackageKind::Plain,
    };
    let result = check_package(&store, input);
    if let Some(error) = result.errors.first() {
        return Err(support::show(&result.package, error).into());
    }
    let got = dump(&store, &result.package);
    let expected = path.with_extension("txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&expected, &got)?;
    }
    let want = std::fs::read_to_string(&expected)?.replace("\r\n", "\n");
    if got == want {
        return Ok(());
    }
    let first = got
        .lines()
        .zip(want.lines())
        .find(|(got, want)| got != want);
    Err(format!(
        "differs from {}: first at {first:?}; UPDATE=1 rewrites it",
        expected.display()
    )
    .into())
}

fn main() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dump");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "go"))
        .collect();
    paths.sort();
    let trials = paths
        .into_iter()
        .map(|path| {
            let name = path
                .file_stem()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            Trial::test(name, move || run(&path))
        })
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
