//! Suspended calls: goroutines as coroutines (decision record 0011).
//!
//! A function *suspends* if it sets `exit` to 2, or calls one that does, unless it is an `exit_barrier`. The pass
//! makes of each that calls one:
//!
//! - the function itself, with a cold block behind each such call, where `exit` is 2: it stores what is live there
//!   into the function's *suspend slot* and leaves the function. The frame stays as it is in memory, because the
//!   scheduler changes to another stack.
//! - a *resume function* `F·resume`, which runs in the frame that was left: it reads the values back and goes on
//!   behind the call. It takes nothing, and returns through globals, so that the scheduler can call those of all
//!   frames alike, from the innermost outwards: the results of one are those of the call where the next goes on.
//!
//! | word of the slot | what |
//! | --- | --- |
//! | 0 | table index of the resume function |
//! | 1 | number of the call |
//! | from 2 | live refs, then other live values |
//!
//! An exported function that suspends becomes the main goroutine: what the host calls is a wrapper that lets the
//! scheduler run until it has ended.
//!
//! It runs behind everything that treats frames as private to a function, and behind `expand_exits`, whose checks it
//! shares. A program in which nothing suspends is not changed. Linear in the size of the program, but for sets of
//! live values.

mod analysis;
mod entry;
mod outline;
mod resume;
mod sites;

use crate::pass::ModulePass;
use analysis::Analysis;
use polkago_ir::{EXIT_GLOBAL as EXIT, Function, Global, Module, Symbol, Type};

/// Functions of the runtime that the pass calls, or that suspension needs in the code generator.
pub const SCHEDULER: [&str; 5] = [
    "runtime.enterSched",
    "runtime.leaveMain",
    "runtime.leaveSched",
    "runtime.morestack",
    "runtime.lessstack",
];

/// The value of `exit` while a goroutine is being suspended.
const EXIT_SUSPEND: i32 = 2;

/// Offsets in the suspend slot.
const RESUME_INDEX: u32 = 0;
const CALL_NUMBER: u32 = 4;
const LIVE: u32 = 8;

/// The pass. See the module documentation.
pub struct Suspend;

impl ModulePass for Suspend {
    fn name(&self) -> &'static str {
        "suspend"
    }

    fn run(&self, module: &mut Module) -> bool {
        let analysis = Analysis::new(module);
        if !analysis.any() {
            return false;
        }
        let mut resumes: Vec<Function> = Vec::new();
        for n in 0..module.funcs.len() {
            if !analysis.is_coroutine(n) {
                continue;
            }
            let func = &mut module.funcs[n];
            let sites = sites::split(func, &analysis);
            if !sites.is_empty() {
                let saved = outline::outline(func, &sites, analysis.unwinds());
                resumes.push(resume::resume_function(func, &sites, &saved));
            }
        }
        entry::wrap_exports(module, &analysis);
        for resume in resumes {
            module.funcs.insert(resume.name.clone(), resume);
        }
        define_globals(module);
        true
    }
}

/// The name of the resume function of a function.
fn resume_name(func: &Symbol) -> Symbol {
    format!("{func}·resume").into()
}

/// The global that carries a result from a resume function to the next one.
fn result_global(position: usize, ty: Type) -> Symbol {
    format!("runtime.resumed{position}.{}", carried(ty).name()).into()
}

/// The type under which a value is kept in a global: a ref as an integer, since nothing collects in between.
fn carried(ty: Type) -> Type {
    match ty {
        Type::Ref => Type::I32,
        ty => ty,
    }
}

/// Defines the globals that resume functions use.
fn define_globals(module: &mut Module) {
    let mut globals: Vec<Global> = Vec::new();
    for func in module.funcs.values() {
        for name in func.syms.values() {
            let Some(rest) = name.strip_prefix("runtime.resumed") else {
                continue;
            };
            let ty = rest
                .rsplit_once('.')
                .and_then(|(_, ty)| Type::from_name(ty));
            if let Some(ty) = ty {
                globals.push(Global {
                    name: name.clone(),
                    ty,
                    init: 0,
                });
            }
        }
    }
    globals.push(Global {
        name: EXIT.into(),
        ty: Type::I32,
        init: 0,
    });
    for global in globals {
        module.globals.entry(global.name.clone()).or_insert(global);
    }
}
