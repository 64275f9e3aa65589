//! How a program of the test tree is to be run: the comment on its first line, and its build constraints.

use polkago_project::Expr;

use crate::go;

/// What is done with a program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// It is compiled and run.
    Run,
    /// The packages in the folder of the same name are; the last one is the program.
    RunDir,
    /// The folder of the same name is, as a module.
    RunInDir,
    /// So is what it prints.
    RunOutput,
}

/// How a program is to be run: what stands behind `// run`.
#[derive(PartialEq, Eq, Debug)]
pub struct Recipe {
    /// What is done with it.
    pub action: Action,
    /// The program's arguments; for `runoutput` further files of the program.
    pub args: Vec<String>,
    /// The Go version in the `go.mod` of a folder that is run as a module, where it says so.
    pub module_version: Option<String>,
    /// Why it cannot be run here.
    pub skip: Option<String>,
}

/// The recipe of a program that is run: the first line that is no build constraint.
pub fn recipe(text: &str) -> Option<Recipe> {
    let mut words = go::recipe_words(text)?;
    let action = match words.next()? {
        // Whether a compiler runs what it has built is one to us.
        "run" | "buildrun" => Action::Run,
        // What is stated of errors is for the suite errorcheck.
        "rundir" | "buildrundir" | "errorcheckandrundir" => Action::RunDir,
        "runindir" => Action::RunInDir,
        "runoutput" => Action::RunOutput,
        _ => return None,
    };
    let mut words = words.peekable();
    let mut skip = None;
    let mut module_version = None;
    while let Some(flag) = words.next_if(|word| word.starts_with('-')) {
        match flag {
            "-t" => drop(words.next()),
            "-gomodversion" => {
                let value = words.next().unwrap_or_default();
                module_version = Some(value.trim_matches('"').to_owned());
            }
            // Flags of the official linker end the line.
            "-ldflags" => drop(words.by_ref().last()),
            "-goexperiment" | "-godebug" => {
                let value = words.next().unwrap_or_default();
                skip = Some(format!("needs {} {value}", flag.trim_start_matches('-')));
            }
            // The program counts on what this makes of each function.
            _ if flag.contains("maymorestack") => {
                skip = Some("needs -d=maymorestack of the official compiler".to_owned());
            }
            // Other flags of the official compiler choose among its own ways.
            _ => {}
        }
    }
    Some(Recipe {
        action,
        args: words.map(str::to_owned).collect(),
        module_version,
        skip,
    })
}

/// The first build constraint that is not met. The rule is the official runner's.
pub fn unmet_constraint(text: &str, is_set: fn(&str) -> bool) -> Option<&str> {
    text.lines()
        .take_while(|line| !line.starts_with("package "))
        .find(|line| {
            let Some(expression) = line.strip_prefix("//go:build ") else {
                return false;
            };
            Expr::parse(expression).is_ok_and(|expression| !expression.eval(&|tag| is_set(tag)))
        })
}

/// Whether a build tag is set for wasip1/wasm.
pub fn is_set(tag: &str) -> bool {
    matches!(tag, "wasip1" | "wasm" | "gc" | "test_run") || tag.starts_with("go1.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipes() {
        let run = |args: &[&str]| {
            Some(Recipe {
                action: Action::Run,
                args: args.iter().map(|&a| a.to_owned()).collect(),
                module_version: None,
                skip: None,
            })
        };
        assert_eq!(recipe("// run\n\npackage main\n"), run(&[]));
        assert_eq!(recipe("//go:build wasm\n\n// run\n"), None);
        assert_eq!(recipe("//go:build wasm\n// run\n"), run(&[]));
        assert_eq!(recipe("// run -gcflags=-l a b\n"), run(&["a", "b"]));
        assert_eq!(recipe("// run -t 45\n"), run(&[]));
        assert_eq!(recipe("// errorcheck\n"), None);
        assert_eq!(recipe("// buildrun a\n"), run(&["a"]));
        let module = recipe("// runindir -gomodversion \"1.23\"\n").expect("a recipe");
        let found = (module.action, module.module_version.as_deref());
        assert_eq!(found, (Action::RunInDir, Some("1.23")));
        let dir = recipe("// rundir -ldflags -strictdups=2 -w=0\n").expect("a recipe");
        assert_eq!((dir.action, dir.args), (Action::RunDir, vec![]));
        let printed = recipe("// runoutput ./rotate.go\n").expect("a recipe");
        assert_eq!(printed.action, Action::RunOutput);
        assert_eq!(printed.args, ["./rotate.go"]);
        assert!(recipe("// run -goexperiment fieldtrack\n").is_some_and(|r| r.skip.is_some()));
    }

    #[test]
    fn constraints_are_those_of_the_target() {
        assert_eq!(
            unmet_constraint("//go:build !wasm\npackage p\n", is_set),
            Some("//go:build !wasm")
        );
        assert_eq!(
            unmet_constraint("//go:build wasm && !cgo\npackage p\n", is_set),
            None
        );
        assert_eq!(
            unmet_constraint("package p\n//go:build !wasm\n", is_set),
            None
        );
    }
}
