//! Go programs and what they are lowered to.
//!
//! Each `cases/NAME.go` is a `package main` that is lowered with the small runtime of `support`. Comment lines at its
//! start say what is looked at:
//!
//! - `// show: SYMBOL...`: the IR of functions, without locations unless `// locations` is there too;
//! - `// data: SYMBOL...`: data objects;
//! - `// call: SYMBOL ARG... = RESULT...`: what a call gives in the reference interpreter, or `trap`;
//! - `// target: polkadot`: as a runtime, else as a command.
//!
//! `cases/NAME.txt` is what comes out, or the errors. `BLESS=1 cargo test` writes these files.

use libtest_mimic::{Arguments, Failed, Trial};
use polkago_ir::{Module, Scalar, Type, interp::Interp, verify_module};
use polkago_lower::{Gc, LowerOptions, Target, lower_program};
use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{
    Package, PackageInput, PackageKind, PkgId, Sizes, SourceFile, Store, check_package,
};
use rustc_hash::FxHashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

const ABI: &str = include_str!("support/abi.go");
const RUNTIME: &str = include_str!("support/runtime.go");

/// Parses and checks one package of one file.
fn package(
    store: &Store,
    path: &str,
    name: &str,
    text: &str,
    imports: &[(&str, PkgId)],
) -> Result<Arc<Package>, String> {
    let parsed = parse_file(text.as_bytes(), &ParseOptions::default());
    let place = |pos| {
        let (line, col) = parsed.file.lines.line_col(pos);
        format!("{name}:{line}:{col}")
    };
    let mut errors: Vec<String> = parsed
        .errors
        .iter()
        .map(|e| format!("{}: {}", place(e.pos), e.message))
        .collect();
    let file = SourceFile {
        path: name.into(),
        stable_path: name.into(),
        tree: Arc::new(parsed.file.clone()),
        overlay: false,
    };
    let imports: FxHashMap<Arc<str>, PkgId> = imports
        .iter()
        .map(|(path, id)| (Arc::from(*path), *id))
        .collect();
    let input = PackageInput {
        path: path.into(),
        files: vec![file],
        imports,
        go_version: 26,
        sizes: Sizes::WASM32,
        kind: PackageKind::Std,
    };
    let result = check_package(store, input);
    errors.extend(
        result
            .errors
            .iter()
            .map(|e| format!("{}: {}", place(e.pos.pos), e.msg)),
    );
    if errors.is_empty() {
        Ok(result.package)
    } else {
        Err(errors.join("\n"))
    }
}

/// Lowers a program; errors are lines of text.
fn lower(name: &str, text: &str, target: Target) -> Result<Module, String> {
    let store = Store::new();
    let abi = package(&store, "internal/abi", "abi.go", ABI, &[])?;
    let runtime = package(
        &store,
        "runtime",
        "runtime.go",
        RUNTIME,
        &[("internal/abi", abi.id)],
    )?;
    let main = package(&store, "example.org/main", name, text, &[])?;
    let packages = [abi, runtime, main];
    let options = LowerOptions {
        target,
        go_version: "go1.26.8".to_owned(),
        godebug: String::new(),
        tests: false,
        gc: Gc::default(),
        embeds: Default::default(),
        embed_patterns: |_| None,
        trace: false,
        whole: Vec::new(),
    };
    lower_program(&store, &packages, &options).map_err(|errors| {
        let lines = errors.iter().map(|e| {
            let place = e.pos.map_or_else(String::new, |pos| {
                let package = packages.iter().find(|p| p.id == pos.file.pkg);
                let file = package.map(|p| &p.files[pos.file.file as usize]);
                file.map_or_else(String::new, |f| {
                    let (line, col) = f.tree.lines.line_col(pos.pos);
                    format!("{}:{line}:{col}: ", f.path)
                })
            });
            format!("{place}{}\n", e.message)
        });
        lines.collect()
    })
}

/// The text of a function without locations.
fn without_locations(text: &str) -> String {
    let lines = text.lines().filter(|l| !l.trim_start().starts_with("loc"));
    let mut out = String::new();
    for line in lines {
        let end = line.rfind(" !loc").unwrap_or(line.len());
        out.push_str(&line[..end]);
        out.push('\n');
    }
    out
}

/// A call in the interpreter: `SYMBOL ARG... = RESULT...`.
fn call(module: &Module, line: &str) -> Result<String, String> {
    let (call, _) = line.split_once('=').unwrap_or((line, ""));
    let mut words = call.split_whitespace();
    let symbol = words.next().ok_or("a call without symbol")?;
    let func = module
        .funcs
        .get(symbol)
        .ok_or_else(|| format!("no function {symbol}"))?;
    let args: Option<Vec<Scalar>> = func
        .sig
        .params
        .iter()
        .map(|&ty| Scalar::parse(ty, words.next()?))
        .collect();
    let args = args.ok_or_else(|| format!("arguments of {symbol}"))?;
    let result = match Interp::new(module).call(symbol, &args) {
        Ok(results) => {
            let texts = results.iter().map(|&r| match (r.ty(), r.int()) {
                (Type::F32, _) => f32::from_bits(r.bits() as u32).to_string(),
                (Type::F64, _) => f64::from_bits(r.bits()).to_string(),
                (_, Some(n)) => n.to_string(),
                (ty, None) => format!("{ty:?}"),
            });
            texts.collect::<Vec<_>>().join(" ")
        }
        Err(trap) => format!("{trap}"),
    };
    Ok(format!("{}= {result}", call.trim_end().to_owned() + " "))
}

/// What a case gives.
fn run(name: &str, text: &str) -> Result<String, String> {
    let directives = |key: &str| -> Vec<String> {
        let prefix = format!("// {key}:");
        let lines = text.lines().filter_map(|l| l.strip_prefix(&prefix));
        lines.map(|l| l.trim().to_owned()).collect()
    };
    let target = match directives("target").first().map(String::as_str) {
        Some("polkadot") => Target::Polkadot,
        _ => Target::Wasip1,
    };
    let module = match lower(name, text, target) {
        Ok(module) => module,
        Err(errors) => return Ok(errors),
    };
    verify_module(&module).map_err(|e| e.to_string())?;
    let locations = text.lines().any(|l| l == "// locations");
    let mut out = String::new();
    for symbol in directives("show").iter().flat_map(|l| l.split_whitespace()) {
        let func = module
            .funcs
            .get(symbol)
            .ok_or_else(|| format!("no function {symbol}"))?;
        let text = func.to_string();
        out.push_str(&if locations {
            text
        } else {
            without_locations(&text)
        });
        out.push('\n');
    }
    for symbol in directives("data") {
        let data = module
            .data
            .get(symbol.as_str())
            .ok_or_else(|| format!("no data {symbol}"))?;
        let _ = writeln!(out, "{symbol}: size {} align {}", data.size, data.align);
        for (i, word) in data.bytes.chunks(4).enumerate() {
            let bytes: Vec<String> = word.iter().map(|b| format!("{b:02x}")).collect();
            let _ = writeln!(out, "{:4}: {}", 4 * i, bytes.join(" "));
        }
        for reloc in &data.relocs {
            let _ = writeln!(
                out,
                "{:4}: {:?} {} + {}",
                reloc.offset, reloc.kind, reloc.sym, reloc.addend
            );
        }
        out.push('\n');
    }
    for line in directives("call") {
        let _ = writeln!(out, "{}", call(&module, &line)?);
    }
    Ok(out)
}

fn check(path: &Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    let name = path
        .file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let got = run(&name, &text)?;
    // What a call must give stands beside it, so that it can be read there.
    for line in text.lines().filter_map(|l| l.strip_prefix("// call:")) {
        let wanted = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = got
            .lines()
            .any(|l| l.split_whitespace().eq(wanted.split_whitespace()));
        if !found {
            return Err(format!("not so: {wanted}\n{got}").into());
        }
    }
    let expected_path = path.with_extension("txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&expected_path, &got)?;
        return Ok(());
    }
    let expected = std::fs::read_to_string(&expected_path).unwrap_or_default();
    if expected.replace("\r\n", "\n") != got {
        return Err(format!("not as in {}:\n{got}", expected_path.display()).into());
    }
    Ok(())
}

fn main() -> std::io::Result<ExitCode> {
    let args = Arguments::from_args();
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<_> = std::fs::read_dir(dir)?
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "go"))
        .collect();
    paths.sort();
    let trials = paths
        .into_iter()
        .map(|path| {
            let name = path
                .file_stem()
                .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            Trial::test(name, move || check(&path))
        })
        .collect();
    Ok(libtest_mimic::run(&args, trials).exit_code())
}
