//! One look over the code of each function: what it refers to, for all whole-program decisions.

use crate::helpers::{Helper, Helpers};
use crate::{Options, helpers};
use polkago_ir::{
    BinaryOp, Block, Function, InstData, MemType, SigRef, SymRef, Type, UnaryOp, Value, ValueDef,
};
use rustc_hash::FxHashSet;

/// What a function refers to. Everything is in the order of its code.
#[derive(Default)]
pub struct Scan {
    /// Functions called by name, each once.
    pub calls: Vec<SymRef>,
    /// Signatures of calls through the table, each once.
    pub indirect: Vec<SigRef>,
    /// Functions whose table index is taken, each once.
    pub addresses: Vec<SymRef>,
    /// Globals read or written, each once.
    pub globals: Vec<SymRef>,
    /// Data objects, each once.
    pub data: Vec<SymRef>,
    /// Whether it never returns, because it says so or because nothing in it returns.
    pub noreturn: bool,
    /// Whether it reads `exit`.
    pub exit_check: bool,
    /// Whether it may go on behind a call that left early: a check leads to more than `return_exit`.
    pub resumes: bool,
    /// The hand-written functions it needs.
    pub helpers: Helpers,
}

/// Looks over a function.
pub fn scan(func: &Function, options: &Options) -> Scan {
    let mut found = Scan {
        noreturn: true,
        ..Scan::default()
    };
    let mut seen = FxHashSet::default();
    let mut sigs = FxHashSet::default();
    for &block in &func.layout {
        for &inst in &func.blocks[block].insts {
            let data = &func.insts[inst];
            match data {
                InstData::Call { func: sym, .. } if seen.insert((0, *sym)) => {
                    found.calls.push(*sym);
                }
                InstData::CallIndirect { sig, .. } if sigs.insert(*sig) => {
                    found.indirect.push(*sig);
                }
                InstData::FuncIndex(sym) if seen.insert((1, *sym)) => found.addresses.push(*sym),
                InstData::SymAddr { sym, .. } if seen.insert((2, *sym)) => found.data.push(*sym),
                InstData::GlobalGet { global, .. } | InstData::GlobalSet { global, .. }
                    if seen.insert((3, *global)) =>
                {
                    found.globals.push(*global);
                }
                InstData::ExitCheck => found.exit_check = true,
                InstData::Brif { cond, then, .. } if is_check(func, *cond) => {
                    found.resumes |= !only_leaves(func, then.block);
                }
                InstData::Return(_) => found.noreturn = func.attrs.noreturn,
                _ => {}
            }
            needed_helpers(func, data, options, &mut found.helpers);
        }
    }
    found
}

/// Whether a value is the result of a check behind a call.
fn is_check(func: &Function, v: Value) -> bool {
    match func.values[v].def {
        ValueDef::Result(inst, _) => matches!(func.insts[inst], InstData::ExitCheck),
        ValueDef::Param(..) => false,
    }
}

/// Whether a block does nothing but leave the function early.
fn only_leaves(func: &Function, block: Block) -> bool {
    let insts = &func.blocks[block].insts;
    matches!(**insts, [only] if matches!(func.insts[only], InstData::ReturnExit))
}

/// The helpers that selection will call for an instruction. It may name one too many, where dead code is left out.
fn needed_helpers(func: &Function, data: &InstData, options: &Options, helpers: &mut Helpers) {
    let nan = options.profile.facts().canonical_nan;
    match data {
        InstData::MemCopy { len, .. }
            if !options.features.bulk_memory && !helpers::copied_inline(func, *len) =>
        {
            helpers.insert(Helper::MemCopy);
        }
        InstData::MemFill { len, byte, .. }
            if !options.features.bulk_memory && !helpers::filled_inline(func, *byte, *len) =>
        {
            helpers.insert(match helpers::i32_const(func, *byte) {
                Some(0) => Helper::MemZero,
                _ => Helper::MemFill,
            });
        }
        InstData::Unary { op, x, .. } => match (op, func.value_type(*x)) {
            (UnaryOp::TruncSatS32, _) if !options.features.sat_float => {
                helpers.insert(Helper::TruncS32);
            }
            (UnaryOp::TruncSatU32, _) if !options.features.sat_float => {
                helpers.insert(Helper::TruncU32);
            }
            (UnaryOp::TruncSatS64, _) if !options.features.sat_float => {
                helpers.insert(Helper::TruncS64);
            }
            (UnaryOp::TruncSatU64, _) if !options.features.sat_float => {
                helpers.insert(Helper::TruncU64);
            }
            (UnaryOp::Bitcast, Type::F32) if nan => helpers.insert(Helper::Canon32),
            (UnaryOp::Bitcast, Type::F64) if nan => helpers.insert(Helper::Canon64),
            _ => {}
        },
        InstData::Binary {
            op: BinaryOp::Copysign,
            y,
            ..
        } if nan && !helpers::known_canonical(func, *y) => {
            helpers.insert(match func.value_type(*y) {
                Type::F32 => Helper::Canon32,
                _ => Helper::Canon64,
            });
        }
        InstData::Store {
            mem: MemType::Full(Type::F32),
            value,
            ..
        } if nan && !helpers::known_canonical(func, *value) => helpers.insert(Helper::Canon32),
        InstData::Store {
            mem: MemType::Full(Type::F64),
            value,
            ..
        } if nan && !helpers::known_canonical(func, *value) => helpers.insert(Helper::Canon64),
        _ => {}
    }
}
