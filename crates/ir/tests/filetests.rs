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
//! | `run` | the result of each line `; run: FUNCTION ARGUMENTS`, with the calls of imports |
//! | `link` | the module linked from the parts between lines `; part` |
//!
//! Whatever parses must also be printed and parsed again without a difference.

use polkago_ir::filetest::{self, Case};
use polkago_ir::interp::Interp;
use polkago_ir::{
    Cfg, Dominators, Function, Liveness, Loops, Module, Scalar, parse_module, verify_module,
};
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
        "run" => run_lines(case),
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

fn run_lines(case: &Case<'_>) -> Result<String, String> {
    let module = parse(case.source)?;
    verify_module(&module).map_err(|e| e.to_string())?;
    let mut out = String::new();
    for line in case.directives("run") {
        let mut words = line.split_whitespace();
        let mut interp = Interp::new(&module);
        let name = words.next().ok_or("no function to run")?;
        let func = module.funcs.get(name).ok_or("function not found")?;
        let args = func.sig.params.iter().zip(words);
        let args: Option<Vec<_>> = args.map(|(&ty, word)| Scalar::parse(ty, word)).collect();
        let args = args.ok_or("not a number")?;
        out += &match interp.call(name, &args) {
            Ok(results) => {
                let results: Vec<_> = results.iter().map(Scalar::to_string).collect();
                format!("{line}: {}\n", results.join(", "))
            }
            Err(trap) => format!("{line}: {trap}\n"),
        };
        for (name, args) in interp.host_calls.drain(..) {
            out += &format!("    {name}{args:?}\n");
        }
    }
    Ok(out)
}
