//! Runs the files in `filetests`.
//!
//! | command | output |
//! | --- | --- |
//! | `wat` | the functions of the module as text |
//! | `module` | the whole module as text |
//! | `error` | why there is no module |
//! | `run` | the results of the calls named by lines `; call f(1, 2)`, in one instance |
//! | `lines` | the section `polkago.lines`, in hexadecimal |
//!
//! Arguments: the name of a profile (`polkadot` if there is none), and features.

use polkago_ir::filetest::{self, Case};
use polkago_ir::{Module, parse_module, verify_module};
use polkago_wasm::{LINES, Options, Profile, emit_module};
use std::path::Path;
use std::process::ExitCode;

mod engine;

fn main() -> ExitCode {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("filetests");
    filetest::main(&dir, run)
}

fn run(case: &Case<'_>) -> Result<String, String> {
    let module = parse(case.source)?;
    let options = options(&case.args)?;
    let output = match (case.command, emit_module(&module, &options)) {
        ("error", Ok(_)) => return Err("there is a module".to_owned()),
        ("error", Err(error)) => return Ok(error.to_string()),
        (_, output) => output.map_err(|e| e.to_string())?,
    };
    match case.command {
        "module" => wat(&output.bytes),
        "wat" => Ok(functions(&wat(&output.bytes)?)),
        "run" => {
            let mut instance = engine::Instance::new(&output.bytes)?;
            let mut out = String::new();
            for call in case.directives("call") {
                let result = instance.call_text(call)?;
                out += &format!("{call} = {result}\n");
            }
            Ok(out)
        }
        "lines" => {
            let lines = engine::custom_section(&output.bytes, LINES).ok_or("no lines")?;
            let hex: Vec<String> = lines.iter().map(|b| format!("{b:02x}")).collect();
            Ok(hex.join(" "))
        }
        other => Err(format!("unknown command `{other}`")),
    }
}

fn parse(text: &str) -> Result<Module, String> {
    let module = parse_module(text).map_err(|e| e.to_string())?;
    verify_module(&module).map_err(|e| e.to_string())?;
    Ok(module)
}

fn options(args: &[&str]) -> Result<Options, String> {
    let mut options = Options {
        // Small, so that addresses in the expected text are short.
        stack_size: Some(4096),
        arena_size: Some(1024),
        ..Options::default()
    };
    for &arg in args {
        match arg {
            "sign-ext" => options.features.sign_ext = true,
            "bulk-memory" => options.features.bulk_memory = true,
            "sat-float" => options.features.sat_float = true,
            "strip" => options.strip = true,
            _ => {
                let profile = Profile::by_name(arg);
                options.profile = profile.ok_or_else(|| format!("unknown argument `{arg}`"))?;
            }
        }
    }
    Ok(options)
}

fn wat(bytes: &[u8]) -> Result<String, String> {
    wasmprinter::print_bytes(bytes).map_err(|e| e.to_string())
}

/// The functions among the fields of a module, without the indices that the printer adds.
fn functions(wat: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in wat.lines() {
        if line.starts_with("  (func ") {
            inside = true;
        }
        if inside {
            out += line.strip_prefix("  ").unwrap_or(line);
            out.push('\n');
        }
        if line == "  )" || (line.starts_with("  (func ") && line.ends_with("))")) {
            inside = false;
        }
    }
    out
}
