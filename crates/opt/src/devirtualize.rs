//! Indirect calls of known functions become direct ones.
//!
//! - The closure was made in this function ([`closures`](crate::closures)).
//! - Only one function that can be called indirectly has the signature of the call. A call of a nil function is
//!   tested for before, and nothing else but such a function can be called.
//!
//! Loads of code from read-only closures and interface tables are folded by [`peephole`](crate::peephole), and
//! arguments that are always the same by [`constant_params`](crate::constant_params). Linear.

use crate::closures;
use crate::pass::{FunctionPass, Program};
use polkago_ir::{Function, InstData};

/// The pass. See the module documentation.
pub struct Devirtualize;

impl FunctionPass for Devirtualize {
    fn name(&self) -> &'static str {
        "devirtualize"
    }

    fn run(&self, func: &mut Function, program: &Program<'_>) -> bool {
        let mut calls = Vec::new();
        for &block in &func.layout {
            let insts = func.blocks[block].insts.iter();
            calls
                .extend(insts.filter(|&&i| matches!(func.insts[i], InstData::CallIndirect { .. })));
        }
        if calls.is_empty() {
            return false;
        }
        let made = closures::made(func, program);
        let mut changed = false;
        for inst in calls {
            let InstData::CallIndirect { sig, args, .. } = func.insts[inst].clone() else {
                continue;
            };
            let code = match closures::called(func, inst).and_then(|c| made.get(&c)) {
                Some(&code) => Some(func.syms[code].clone()),
                None => program.only_target(&func.sigs[sig]).cloned(),
            };
            let Some(code) = code else {
                continue;
            };
            // With another signature it traps, and so it must stay.
            if program
                .funcs
                .get(&code)
                .is_some_and(|f| f.sig == func.sigs[sig])
            {
                let callee = func.sym(&code);
                func.insts[inst] = InstData::Call {
                    func: callee,
                    sig,
                    args,
                };
                changed = true;
            }
        }
        changed
    }
}
