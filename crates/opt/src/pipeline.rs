//! The fixed order of passes for each level, and what happens around each pass: verification, timing, fuel.

use crate::pass::{FunctionPass, ModulePass, Program};
use crate::{
    bounds::Bounds,
    cfg_simplify::CfgSimplify,
    constant_data::ConstantData,
    constant_params::ConstantParams,
    dce::Dce,
    devirtualize::Devirtualize,
    escape::{Escape, NO_ESCAPE},
    exits::{ExpandExits, PruneExits},
    global_dce::GlobalDce,
    gvn::Gvn,
    inline::Inline,
    licm::Licm,
    peephole::Peephole,
    promote::Promote,
    rotate::Rotate,
    static_init::{INIT, StaticInit},
    suspend::{SCHEDULER, Suspend},
};
use polkago_ir::{Cfg, Function, Module, Symbol, VerifyErrors, verify_function, verify_part};
use rayon::prelude::*;
use std::fmt;
use std::time::{Duration, Instant};

/// How much is done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Level {
    /// Nothing is transformed but that unreachable definitions go.
    None,
    /// What makes code smaller, or not much larger.
    Size,
    /// Everything.
    #[default]
    Speed,
}

/// What to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// How much.
    pub level: Level,
    /// Symbols that must stay besides what the exports reach: those that later stages refer to.
    pub keep: Vec<Symbol>,
    /// Functions that give fresh zeroed memory, to which nothing else refers: a call whose result is not needed may
    /// go.
    pub allocators: Vec<Symbol>,
    /// Globals that mean something else in each function, such as the frame pointer: what uses one of them is never
    /// inlined.
    pub frame_globals: Vec<Symbol>,
    /// Run the verifier behind each pass. On by default in debug builds.
    pub verify: bool,
    /// How many times passes may run; each function counts for a function pass. By halving it, the one run that
    /// breaks a program is found.
    pub fuel: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            level: Level::default(),
            keep: Vec::new(),
            allocators: vec!["runtime.newobject".into(), "runtime.mallocgc".into()],
            frame_globals: vec!["runtime.shadowSP".into()],
            verify: cfg!(debug_assertions),
            fuel: None,
        }
    }
}

/// What was done by one pass of the pipeline.
#[derive(Clone, Debug)]
pub struct PassReport {
    /// The pass.
    pub name: &'static str,
    /// Time spent in it, summed over threads; verification not counted.
    pub time: Duration,
    /// How many functions, or modules, it was run on.
    pub runs: u64,
    /// How many of them it changed.
    pub changed: u64,
}

/// What was done.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Each pass, in order; one that stands in the pipeline twice is listed twice.
    pub passes: Vec<PassReport>,
    /// Runs in all: the amount of fuel that makes no difference.
    pub runs: u64,
}

/// A pass left code that the verifier rejects: a mistake of this crate.
#[derive(Clone, Debug)]
pub struct BrokenPass {
    /// The pass.
    pub pass: &'static str,
    /// What is wrong.
    pub errors: VerifyErrors,
    /// The function behind the pass, in text form; empty for a module pass.
    pub text: String,
}

impl fmt::Display for BrokenPass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pass {} made invalid code:\n{}", self.pass, self.errors)?;
        if self.text.is_empty() {
            Ok(())
        } else {
            write!(f, "\n{}", self.text)
        }
    }
}

impl std::error::Error for BrokenPass {}

/// Optimises a whole program. Symbols that are not defined in it are defined by the code generator. The result depends on nothing but the arguments.
///
/// # Errors
/// A pass made invalid code, if that is being checked.
pub fn optimize(module: &mut Module, options: &Options) -> Result<Report, BrokenPass> {
    let mut runner = Runner {
        options,
        report: Report::default(),
    };
    // Until it is known whether anything suspends.
    let mut keep = options.keep.clone();
    keep.extend(SCHEDULER.map(Symbol::from));
    let global_dce = GlobalDce { keep: &keep };
    runner.module(&global_dce, module)?;
    if options.level >= Level::Size {
        runner.module(&PruneExits, module)?;
        runner.functions(&CLEAN, module)?;
        // What a copied call makes known, such as the method of an interface, may be inlined in turn.
        let constant_params = ConstantParams {
            cleanup: &CLEAN,
            allocators: &options.allocators,
            keep: &keep,
        };
        let mut inline = Inline {
            cleanup: &CLEAN,
            allocators: &options.allocators,
            frame_globals: &options.frame_globals,
            later: &[NO_ESCAPE, INIT],
            for_size: options.level == Level::Size,
        };
        for _ in 0..3 {
            runner.module(&constant_params, module)?;
            runner.module(&inline, module)?;
            // What has been copied to all its callers need not be looked at again.
            runner.module(&global_dce, module)?;
        }
        // Most of what the initialisers call has been copied into them.
        let static_init = StaticInit {
            cleanup: &CLEAN,
            allocators: &options.allocators,
        };
        runner.module(&static_init, module)?;
        let constant_data = ConstantData {
            cleanup: &CLEAN,
            allocators: &options.allocators,
            keep: &keep,
        };
        runner.module(&constant_data, module)?;
        let escape = Escape {
            cleanup: &CLEAN,
            allocators: &options.allocators,
        };
        runner.module(&escape, module)?;
        inline.later = &[];
        runner.module(&inline, module)?;
    }
    if options.level >= Level::Speed {
        // Late: tests at the top of loops say more to the passes before.
        runner.functions_if(has_loop, &LOOPS, module)?;
    }
    if options.level >= Level::Size {
        runner.functions(&[&Bounds, &CfgSimplify, &Dce], module)?;
        runner.module(&global_dce, module)?;
    }
    // What calls that leave early ask of their callers is no optimisation: it costs no fuel.
    if runner.required(&ExpandExits, module)? && options.level >= Level::Size {
        runner.functions(&[&CfgSimplify, &Dce], module)?;
        runner.module(&global_dce, module)?;
    }
    let suspends = runner.required(&Suspend, module)?;
    if suspends && options.level >= Level::Size {
        runner.functions(&[&CfgSimplify, &Dce], module)?;
    }
    if !suspends && SCHEDULER.iter().any(|&s| module.funcs.contains_key(s)) {
        let keep = &options.keep;
        runner.required(&GlobalDce { keep }, module)?;
    }
    Ok(runner.report)
}

/// The passes that tidy up one function.
const CLEAN: [&dyn FunctionPass; 6] =
    [&Peephole, &Devirtualize, &Promote, &Gvn, &CfgSimplify, &Dce];

/// The passes over loops, and what tidies up behind them.
const LOOPS: [&dyn FunctionPass; 4] = [&Rotate, &Peephole, &Licm, &Gvn];

/// Whether there is anything to do for the passes over loops.
fn has_loop(func: &Function) -> bool {
    let cfg = Cfg::new(func);
    let is_head = |block| {
        cfg.preds(block)
            .iter()
            .any(|&p| cfg.rpo_number(p) >= cfg.rpo_number(block))
    };
    cfg.rpo().any(is_head)
}

/// The names that [`run_pass`] knows.
pub const PASSES: &[&str] = &[
    "peephole",
    "devirtualize",
    "promote",
    "gvn",
    "cfg_simplify",
    "dce",
    "rotate",
    "licm",
    "bounds",
    "constant_params",
    "escape",
    "inline",
    "static_init",
    "constant_data",
    "global_dce",
    "prune_exits",
    "expand_exits",
    "suspend",
];

/// Runs one pass by its name, as tests do.
///
/// # Errors
/// `Ok(None)` if there is no such pass; an error as in [`optimize`].
pub fn run_pass(name: &str, module: &mut Module) -> Result<Option<Report>, BrokenPass> {
    let options = Options {
        verify: true,
        ..Options::default()
    };
    let mut runner = Runner {
        options: &options,
        report: Report::default(),
    };
    let global_dce = GlobalDce { keep: &[] };
    let inline = Inline {
        cleanup: &[],
        allocators: &options.allocators,
        frame_globals: &options.frame_globals,
        later: &[],
        for_size: false,
    };
    let constant_params = ConstantParams {
        cleanup: &[],
        allocators: &options.allocators,
        keep: &[],
    };
    let escape = Escape {
        cleanup: &[],
        allocators: &options.allocators,
    };
    let static_init = StaticInit {
        cleanup: &[],
        allocators: &options.allocators,
    };
    let constant_data = ConstantData {
        cleanup: &[],
        allocators: &options.allocators,
        keep: &[],
    };
    let modules: [&dyn ModulePass; 9] = [
        &global_dce,
        &escape,
        &constant_params,
        &inline,
        &static_init,
        &constant_data,
        &PruneExits,
        &ExpandExits,
        &Suspend,
    ];
    let mut all = CLEAN.into_iter().chain(LOOPS).chain([&Bounds as _]);
    if let Some(pass) = all.find(|p| p.name() == name) {
        runner.functions(&[pass], module)?;
    } else if let Some(pass) = modules.into_iter().find(|p| p.name() == name) {
        runner.module(pass, module)?;
    } else {
        return Ok(None);
    }
    Ok(Some(runner.report))
}

struct Runner<'a> {
    options: &'a Options,
    report: Report,
}

impl Runner<'_> {
    /// Whether there is fuel for one more run, which is then used.
    fn take_fuel(&mut self) -> bool {
        let ok = self.options.fuel.is_none_or(|fuel| self.report.runs < fuel);
        self.report.runs += u64::from(ok);
        ok
    }

    fn module(&mut self, pass: &dyn ModulePass, module: &mut Module) -> Result<bool, BrokenPass> {
        Ok(self.take_fuel() && self.required(pass, module)?)
    }

    /// Runs a pass, fuel or not. Gives whether anything was changed.
    fn required(&mut self, pass: &dyn ModulePass, module: &mut Module) -> Result<bool, BrokenPass> {
        let start = Instant::now();
        let changed = pass.run(module);
        self.report.passes.push(PassReport {
            name: pass.name(),
            time: start.elapsed(),
            runs: 1,
            changed: changed.into(),
        });
        if self.options.verify && changed {
            verify_part(module).map_err(|errors| BrokenPass {
                pass: pass.name(),
                errors,
                text: String::new(),
            })?;
        }
        Ok(changed)
    }

    /// Runs passes over each function: all of them on one before the next, while it is in the cache. Functions do
    /// not see each other, so they are spread over threads, unless each run is counted against fuel.
    fn functions(
        &mut self,
        passes: &[&dyn FunctionPass],
        module: &mut Module,
    ) -> Result<(), BrokenPass> {
        self.functions_if(|_| true, passes, module)
    }

    /// The same for functions that have something.
    fn functions_if(
        &mut self,
        has: impl Fn(&Function) -> bool + Sync,
        passes: &[&dyn FunctionPass],
        module: &mut Module,
    ) -> Result<(), BrokenPass> {
        let (funcs, program) = Program::split(module, &self.options.allocators);
        let verify = self.options.verify;
        let mut runs: Vec<Vec<Run>> = Vec::with_capacity(funcs.len());
        if self.options.fuel.is_some() {
            for func in funcs.values_mut().filter(|func| has(func)) {
                let mut of_func = Vec::new();
                for &pass in passes {
                    if self.take_fuel() {
                        of_func.push(run_on(func, pass, &program, verify)?);
                    }
                }
                runs.push(of_func);
            }
        } else {
            let mut funcs: Vec<&mut Function> = funcs.values_mut().collect();
            let each = funcs.par_iter_mut().filter(|func| has(func));
            let each = each.map(|func| {
                let runs = passes.iter();
                runs.map(|&pass| run_on(func, pass, &program, verify))
                    .collect()
            });
            // In order of the functions, so that the first error is always the same one.
            let each: Vec<Result<Vec<Run>, BrokenPass>> = each.collect();
            for of_func in each {
                runs.push(of_func?);
            }
            self.report.runs += (runs.len() * passes.len()) as u64;
        }
        for (n, pass) in passes.iter().enumerate() {
            let of_pass = runs.iter().filter_map(|of_func| of_func.get(n));
            self.report.passes.push(PassReport {
                name: pass.name(),
                time: of_pass.clone().map(|run| run.time).sum(),
                runs: of_pass.clone().count() as u64,
                changed: of_pass.filter(|run| run.changed).count() as u64,
            });
        }
        Ok(())
    }
}

/// One pass over one function.
struct Run {
    time: Duration,
    changed: bool,
}

fn run_on(
    func: &mut Function,
    pass: &dyn FunctionPass,
    program: &Program<'_>,
    verify: bool,
) -> Result<Run, BrokenPass> {
    let start = Instant::now();
    let changed = pass.run(func, program);
    let time = start.elapsed();
    if verify && changed {
        verify_function(func).map_err(|errors| BrokenPass {
            pass: pass.name(),
            errors,
            text: func.to_string(),
        })?;
    }
    Ok(Run { time, changed })
}
