//! Interprocedural constant propagation: a parameter that gets the same constant in each call is that constant.
//!
//! Looked at are functions whose calls are all known: not exported, and never called through the table. The lattice
//! of a parameter is: not called yet, a constant, a closure of known code, anything. An argument that is a parameter
//! of the caller passes on what is known of that. So a comparator or an interface table is known in a sort that calls
//! itself. Where only the code of a closure is known, calls of the parameter become direct.
//!
//! A parameter's state changes at most three times, and each round looks at all calls once more; in practice there
//! are few rounds.

use crate::callgraph::CallGraph;
use crate::closures;
use crate::pass::{FunctionPass, ModulePass, Program, change_each};
use cranelift_entity::SecondaryMap;
use polkago_ir::{
    Aliases, Data, Function, InstData, Module, Scalar, Symbol, SymbolMap, Value, ValueDef,
};
use rayon::prelude::*;

/// The pass. See the module documentation.
pub struct ConstantParams<'a> {
    /// Run on a function that was changed.
    pub cleanup: &'a [&'a dyn FunctionPass],
    /// See [`Options::allocators`](crate::Options::allocators).
    pub allocators: &'a [Symbol],
    /// Functions that later stages call.
    pub keep: &'a [Symbol],
}

/// What is known of a value.
#[derive(Clone, PartialEq, Debug)]
enum Known {
    /// No call has been seen.
    Nothing,
    /// A number, or null.
    Number(Scalar),
    /// The address of a data object plus an offset.
    Address(Symbol, i32),
    /// The index of a function.
    Index(Symbol),
    /// The address of a closure object with this code.
    Closure(Symbol),
    /// It may be anything.
    Anything,
}

/// An argument of a call.
enum Arg {
    Known(Known),
    /// A parameter of the caller.
    Param(usize),
}

struct Call {
    caller: usize,
    callee: usize,
    args: Vec<Arg>,
}

impl ModulePass for ConstantParams<'_> {
    fn name(&self) -> &'static str {
        "constant_params"
    }

    fn run(&self, module: &mut Module) -> bool {
        let graph = CallGraph::new(module);
        let mut states: Vec<Vec<Known>> = Vec::with_capacity(module.funcs.len());
        for (n, func) in module.funcs.values().enumerate() {
            let open = graph.exposed[n] || self.keep.contains(&func.name) || enters_again(func);
            let first = if open {
                Known::Anything
            } else {
                Known::Nothing
            };
            states.push(vec![first; func.sig.params.len()]);
        }
        let (funcs, program) = Program::split(module, self.allocators);
        let callers = (0..funcs.len()).into_par_iter();
        let calls: Vec<Vec<Call>> = callers
            .map(|n| find_calls(n, funcs, &program, &states))
            .collect();
        propagate(&calls, &mut states, program.data);
        change_each(funcs, &program, self.cleanup, |n, func| {
            apply(func, &states[n], &program)
        })
    }
}

/// Whether some branch leads to the entry block, so that its parameters are more than the function's.
fn enters_again(func: &Function) -> bool {
    let Some(&entry) = func.layout.first() else {
        return true;
    };
    func.layout.iter().any(|&block| {
        let end = func.terminator(block);
        end.is_some_and(|end| func.insts[end].targets().any(|t| t.block == entry))
    })
}

/// The calls by one function, by index, that may tell something of parameters.
fn find_calls(
    caller: usize,
    funcs: &SymbolMap<Function>,
    program: &Program<'_>,
    states: &[Vec<Known>],
) -> Vec<Call> {
    let func = &funcs[caller];
    let mut calls = Vec::new();
    let callees: SecondaryMap<polkago_ir::SymRef, Option<usize>> = {
        let mut callees = SecondaryMap::new();
        for (sym, name) in &func.syms {
            callees[sym] = funcs
                .get_index_of(name)
                .filter(|&n| states[n].contains(&Known::Nothing));
        }
        callees
    };
    let mut made = None;
    for &block in &func.layout {
        for &inst in &func.blocks[block].insts {
            let InstData::Call {
                func: callee, args, ..
            } = &func.insts[inst]
            else {
                continue;
            };
            let Some(callee) = callees[*callee] else {
                continue;
            };
            let made = made.get_or_insert_with(|| closures::made(func, program));
            let arg = |&v: &Value| match func.values[v].def {
                ValueDef::Param(block, n) if block == func.entry() => Arg::Param(n as usize),
                ValueDef::Param(..) => Arg::Known(Known::Anything),
                ValueDef::Result(def, _) => Arg::Known(match &func.insts[def] {
                    InstData::SymAddr { sym, offset } => {
                        Known::Address(func.syms[*sym].clone(), *offset)
                    }
                    InstData::FuncIndex(sym) => Known::Index(func.syms[*sym].clone()),
                    data => match (Scalar::of_inst(data), made.get(&v)) {
                        (Some(number), _) => Known::Number(number),
                        (None, Some(&code)) => Known::Closure(func.syms[code].clone()),
                        (None, None) => Known::Anything,
                    },
                }),
            };
            calls.push(Call {
                caller,
                callee,
                args: args.iter().map(arg).collect(),
            });
        }
    }
    calls
}

fn propagate(calls: &[Vec<Call>], states: &mut [Vec<Known>], data: &SymbolMap<Data>) {
    loop {
        let mut changed = false;
        for call in calls.iter().flatten() {
            for (n, arg) in call.args.iter().enumerate() {
                let state = &states[call.callee][n];
                let new = match arg {
                    Arg::Known(known) => known,
                    Arg::Param(p) => &states[call.caller][*p],
                };
                if *state == Known::Anything || *new == Known::Nothing || new == state {
                    continue;
                }
                let met = meet(state, new, data);
                if met != *state {
                    states[call.callee][n] = met;
                    changed = true;
                }
            }
        }
        if !changed {
            return;
        }
    }
}

fn meet(a: &Known, b: &Known, data: &SymbolMap<Data>) -> Known {
    match (a, b) {
        (Known::Nothing, other) | (other, Known::Nothing) => other.clone(),
        _ if a == b => a.clone(),
        _ => match (code(a, data), code(b, data)) {
            (Some(a), Some(b)) if a == b => Known::Closure(a.clone()),
            _ => Known::Anything,
        },
    }
}

/// The code of a closure.
fn code<'a>(known: &'a Known, data: &'a SymbolMap<Data>) -> Option<&'a Symbol> {
    match known {
        Known::Closure(code) => Some(code),
        Known::Address(object, 0) => closures::of_data(data, object),
        Known::Address(..)
        | Known::Nothing
        | Known::Number(_)
        | Known::Index(_)
        | Known::Anything => None,
    }
}

/// Uses what is known in a function.
fn apply(func: &mut Function, states: &[Known], program: &Program<'_>) -> bool {
    let mut aliases = Aliases::new();
    let mut changed = false;
    let mut constants = Vec::new();
    for (n, state) in states.iter().enumerate() {
        let param = func.blocks[func.entry()].params[n];
        let data = match state {
            Known::Number(number) => number.to_inst(),
            Known::Address(object, offset) => Some(InstData::SymAddr {
                sym: func.sym(object),
                offset: *offset,
            }),
            Known::Index(code) => Some(InstData::FuncIndex(func.sym(code))),
            Known::Closure(code) => {
                changed |= call_directly(func, param, code, program);
                None
            }
            Known::Nothing | Known::Anything => None,
        };
        if let Some(data) = data {
            let inst = func.new_inst(data, None.into());
            aliases.replace(param, func.results[inst][0]);
            constants.push(inst);
        }
    }
    if constants.is_empty() || !uses_replaced(func, &mut aliases) {
        return changed;
    }
    aliases.apply(func);
    let entry = func.entry();
    func.blocks[entry].insts.splice(0..0, constants);
    true
}

/// Whether a function uses a parameter that is to be replaced.
fn uses_replaced(func: &Function, aliases: &mut Aliases) -> bool {
    let mut any = false;
    for &block in &func.layout {
        for &inst in &func.blocks[block].insts {
            func.insts[inst].visit_operands(|v| any |= aliases.resolve(v) != v);
        }
    }
    any
}

/// Calls of a closure become calls of its code.
fn call_directly(
    func: &mut Function,
    closure: Value,
    code: &Symbol,
    program: &Program<'_>,
) -> bool {
    let mut changed = false;
    for i in 0..func.layout.len() {
        let block = func.layout[i];
        for n in 0..func.blocks[block].insts.len() {
            let inst = func.blocks[block].insts[n];
            if closures::called(func, inst) != Some(closure) {
                continue;
            }
            let InstData::CallIndirect { sig, args, .. } = func.insts[inst].clone() else {
                continue;
            };
            if program
                .funcs
                .get(code)
                .is_some_and(|f| f.sig == func.sigs[sig])
            {
                let callee = func.sym(code);
                func.insts[inst] = InstData::Call {
                    func: callee,
                    sig,
                    args,
                };
                changed = true;
            }
        }
    }
    changed
}
