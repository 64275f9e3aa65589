//! Runs the files in `filetests`. The command is the name of a pass, or several with commas between them, or a
//! level: `none`, `size`, `speed`; the output is the module behind it.

use polkago_ir::filetest::{self, Case};
use polkago_ir::{Module, parse_module, verify_module};
use polkago_opt::{Level, Options, optimize, run_pass};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("filetests");
    filetest::main(&dir, |case| {
        let mut module = parse_module(case.source).map_err(|e| e.to_string())?;
        verify_module(&module).map_err(|e| e.to_string())?;
        for command in case.command.split(',') {
            run(command, case, &mut module)?;
        }
        verify_module(&module).map_err(|e| e.to_string())?;
        Ok(module.to_string())
    })
}

fn run(command: &str, case: &Case<'_>, module: &mut Module) -> Result<(), String> {
    let level = match command {
        "none" => Level::None,
        "size" => Level::Size,
        "speed" => Level::Speed,
        pass => {
            return match run_pass(pass, module) {
                Ok(Some(_)) => Ok(()),
                Ok(None) => Err(format!("unknown pass `{pass}`")),
                Err(error) => Err(error.to_string()),
            };
        }
    };
    let options = Options {
        level,
        keep: case.directives("keep").map(Into::into).collect(),
        ..Options::default()
    };
    optimize(module, &options)
        .map(|_| ())
        .map_err(|e| e.to_string())
}
