//! Runs the files in `filetests`.
//!
//! | command | output |
//! | --- | --- |
//! | `print` | the text form of the module |
//! | `error` | the error of the parser |
//! | `verify` | what the verifier reports, or `ok` |
//! | `domtree` | each block with its immediate dominator |
//! | `loops` | each block's loop header and depth, and whether control flow is irreducible |
//! | `liveness` | live-in and live-out values of each block |
//! | `link` | the module linked from the parts between lines `; part` |
//!
//! Whatever parses must also be printed and parsed again without a difference.

use polkago_ir::filetest::{self, Case};
use polkago_ir::{Cfg, Dominators, Function, Liveness, Loops, Module, parse_module, verify_module};
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("filetests");
    filetest::main(&dir, run)
}

fn run(case: &Case<'_>) -> Result<String, String> {
    match case.command {
        "error" => match parse_module(case.source) {
            Ok(_) => Err("parsed without error".to_owned()),
            Err(error) => Ok(error.to_string()),
        },
        "link" => {
            let parts = case.source.split("; part").skip(1).map(parse);
            match Module::link(parts.collect::<Result<Vec<_>, _>>()?) {
                Ok(module) => Ok(module.to_string()),
                Err(error) => Ok(error.to_string()),
            }
        }
        "print" => Ok(parse(case.source)?.to_string()),
        "verify" => match verify_module(&parse(case.source)?) {
            Ok(()) => Ok("ok".to_owned()),
            Err(errors) => Ok(errors.to_string()),
        },
        "domtree" => each_func(case, |func, out| {
            let dominators = Dominators::new(&Cfg::new(func));
            for &block in &func.layout {
                match dominators.idom(block) {
                    Some(idom) => writeln!(out, "{block}: {idom}")?,
                    None if dominators.dominates(block, block) => writeln!(out, "{block}: entry")?,
                    None => writeln!(out, "{block}: unreachable")?,
                }
            }
            Ok(())
        }),
        "loops" => each_func(case, |func, out| {
            let cfg = Cfg::new(func);
            let loops = Loops::new(&cfg, &Dominators::new(&cfg));
            for &block in &func.layout {
                if let Some(l) = loops.innermost(block) {
                    let (header, depth) = (loops.header(l), loops.depth(block));
                    writeln!(out, "{block}: header {header} depth {depth}")?;
                }
            }
            let kind = if loops.is_irreducible() {
                "irreducible"
            } else {
                "reducible"
            };
            writeln!(out, "{kind}")
        }),
        "liveness" => each_func(case, |func, out| {
            let liveness = Liveness::new(func, &Cfg::new(func));
            for &block in &func.layout {
                let live_in = liveness.live_in(block);
                writeln!(
                    out,
                    "{block}: in {live_in:?} out {:?}",
                    liveness.live_out(block)
                )?;
            }
            Ok(())
        }),
        other => Err(format!("unknown command `{other}`")),
    }
}

/// Parses, and checks that the text form round-trips.
fn parse(text: &str) -> Result<Module, String> {
    let module = parse_module(text).map_err(|e| e.to_string())?;
    let printed = module.to_string();
    let again = parse_module(&printed).map_err(|e| format!("printed text: {e}\n{printed}"))?;
    if again.to_string() == printed {
        Ok(module)
    } else {
        Err(format!("printed:\n{printed}\nand again:\n{again}"))
    }
}

fn each_func(
    case: &Case<'_>,
    f: impl Fn(&Function, &mut String) -> std::fmt::Result,
) -> Result<String, String> {
    let mut out = String::new();
    for func in parse(case.source)?.funcs.values() {
        f(func, &mut out).map_err(|e| e.to_string())?;
    }
    Ok(out)
}
