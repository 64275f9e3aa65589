//! Exported functions that may be suspended: each call of the host becomes the main goroutine.

use super::SCHEDULER;
use super::analysis::Analysis;
use super::outline::value;
use super::resume::read_results;
use super::sites::to;
use polkago_ir::{Function, InstData, Module, Signature, Symbol, Values};

/// Puts a wrapper around each exported function that may be suspended.
pub fn wrap_exports(module: &mut Module, analysis: &Analysis) {
    let mut wrapped: Vec<Symbol> = Vec::new();
    for i in 0..module.exports.len() {
        let name = module.exports[i].func.clone();
        let Some(n) = module.funcs.get_index_of(&name) else {
            continue;
        };
        let outer: Symbol = format!("{name}·main").into();
        if analysis.is_coroutine(n) {
            module.exports[i].func = outer.clone();
            if !wrapped.contains(&outer) {
                let wrapper = wrapper(outer.clone(), &module.funcs[n]);
                module.funcs.insert(outer.clone(), wrapper);
                wrapped.push(outer);
            }
        }
    }
}

/// Calls a function on the stack of the main goroutine, and runs others until it has ended.
fn wrapper(name: Symbol, inner: &Function) -> Function {
    let [enter, leave_main, leave, ..] = SCHEDULER;
    let mut f = Function::new(name, inner.sig.clone());
    f.attrs.noinline = true;
    f.attrs.exit_barrier = true;
    let none = None.into();
    let entry = f.new_block();
    for ty in inner.sig.params.clone() {
        f.add_block_param(entry, ty);
    }
    let args: Values = f.blocks[entry].params.iter().copied().collect();
    let nothing = f.sig_ref(&Signature::default());
    let sig = f.sig_ref(&inner.sig);
    let call = |f: &mut Function, name: &str| {
        let func = f.sym(&name.into());
        let data = InstData::Call {
            func,
            sig: nothing,
            args: Values::new(),
        };
        f.append(entry, data, none);
    };
    call(&mut f, enter);
    let func = f.sym(&inner.name);
    let body = f.append(entry, InstData::Call { func, sig, args }, none);
    let check = value(&mut f, entry, InstData::ExitCheck, none);
    call(&mut f, leave_main);
    call(&mut f, leave);
    let results: Values = f.results[body].iter().copied().collect();
    let (direct, resumed) = (f.new_block(), f.new_block());
    let branch = InstData::Brif {
        cond: check,
        then: to(resumed),
        els: to(direct),
    };
    f.append(entry, branch, none);
    f.append(direct, InstData::Return(results), none);
    let types = inner.sig.results.clone();
    let values = read_results(&mut f, resumed, &types, none);
    f.append(
        resumed,
        InstData::Return(values.into_iter().collect()),
        none,
    );
    f
}
