//! Prints the IR of a program: `cargo run -p polkago-lower --example lower -- [-p polkadot] [-f SYMBOL] PKG|FILE.go`.
//!
//! A tool for work on the compiler. It stops before any pass and verifies the module.

use polkago_lower::{Gc, LowerOptions, Target, lower_program};
use polkago_project::{Config, Environment, GoRelease, ImportTarget, MemoryFs, NoProgress, load};
use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{PackageInput, PackageKind, Sizes, SourceFile, Store, check_package};
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

fn add(root: &Path, dir: &Path, files: &mut MemoryFs) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            add(root, &path, files)?;
        } else {
            files.insert(
                path.strip_prefix(root).unwrap_or(&path),
                std::fs::read(&path)?,
            );
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut profile = "wasip1";
    let mut only = None;
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut inputs = Vec::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "-p" => profile = rest.next().map_or("wasip1", |s| s.as_str()),
            "-f" => only = rest.next(),
            _ => inputs.push(arg.clone()),
        }
    }
    let go = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../go");
    let mut files = MemoryFs::new();
    add(&go, &go, &mut files)?;
    let env = Environment::from_process();
    let release = GoRelease::find(&env, &NoProgress).map_err(|e| e.message.clone())?;
    let target = polkago_project::Target::polkago(profile);
    let dir = std::env::current_dir()?;
    let config = Config::new(&release, &env, dir, target, Arc::new(files));
    let config = config.map_err(|e| e.message.clone())?;
    let graph = load(&config, &inputs);
    for error in &graph.errors {
        eprintln!("{}", error.message);
    }
    let store = Store::new();
    let mut packages: Vec<Arc<polkago_types::Package>> = Vec::new();
    let mut bad = false;
    for loaded in graph.packages.values() {
        let mut sources = Vec::new();
        for file in &loaded.files {
            let options = ParseOptions {
                file_name: file.path.to_string(),
                ..ParseOptions::default()
            };
            let result = parse_file(&file.content, &options);
            for error in &result.errors {
                bad = true;
                let (line, col) = result.file.lines.line_col(error.pos);
                eprintln!("{}:{line}:{col}: {}", file.path, error.message);
            }
            sources.push(SourceFile {
                path: file.path.clone(),
                stable_path: file.stable_path.clone(),
                tree: Arc::new(result.file),
                overlay: file.overlay,
            });
        }
        let imports = loaded
            .imports
            .iter()
            .filter_map(|import| match import.target {
                ImportTarget::Package(id) => {
                    let index = graph.packages.keys().position(|k| k == id)?;
                    Some((Arc::from(import.path.as_str()), packages.get(index)?.id))
                }
                ImportTarget::Unsafe | ImportTarget::Missing => None,
            })
            .collect();
        let input = PackageInput {
            path: loaded.import_path.clone(),
            files: sources,
            imports,
            go_version: loaded.go_version.minor,
            sizes: Sizes::WASM32,
            kind: PackageKind::Std,
        };
        let result = check_package(&store, input);
        for error in &result.errors {
            bad = true;
            let file = &result.package.files[error.pos.file.file as usize];
            let (line, col) = file.tree.lines.line_col(error.pos.pos);
            eprintln!("{}:{line}:{col}: {}", file.path, error.msg);
        }
        packages.push(result.package);
    }
    if bad {
        return Err("errors".into());
    }
    let target = match profile {
        "polkadot" => Target::Polkadot,
        _ => Target::Wasip1,
    };
    let start = std::time::Instant::now();
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
    let module = match lower_program(&store, &packages, &options) {
        Ok(module) => module,
        Err(errors) => {
            for error in errors {
                let place = error.pos.and_then(|pos| {
                    let package = packages.iter().find(|p| p.id == pos.file.pkg)?;
                    let file = &package.files[pos.file.file as usize];
                    let (line, col) = file.tree.lines.line_col(pos.pos);
                    Some(format!("{}:{line}:{col}: ", file.path))
                });
                eprintln!("{}{}", place.unwrap_or_default(), error.message);
            }
            return Err("not lowered".into());
        }
    };
    let elapsed = start.elapsed();
    match only {
        Some(symbol) if symbol == "-" => {}
        Some(symbol) => match (
            module.funcs.get(symbol.as_str()),
            module.data.get(symbol.as_str()),
        ) {
            (Some(func), _) => println!("{func}"),
            (None, Some(data)) => println!("{data:?}"),
            (None, None) => eprintln!("no {symbol}"),
        },
        None => println!("{module}"),
    }
    eprintln!(
        "{} functions, {} data objects, {elapsed:?}",
        module.funcs.len(),
        module.data.len()
    );
    polkago_ir::verify_module(&module).map_err(|e| e.to_string())?;
    Ok(())
}
