//! Closure objects whose code is known.
//!
//! Word 0 of a closure object is the index of its code and never changes (decision record 0004). So the code is known
//! of a read-only object with a relocation there, and of an object that the function has just made and in whose word
//! 0 it stores the index of a function.

use crate::pass::Program;
use polkago_ir::{
    Data, Function, Inst, InstData, MemType, RelocKind, SymRef, Symbol, SymbolMap, Type, Value,
    ValueDef,
};
use rustc_hash::FxHashMap;

/// The code of the closures that a function makes, by the value of their address.
pub fn made(func: &Function, program: &Program<'_>) -> FxHashMap<Value, SymRef> {
    let mut found: FxHashMap<Value, Option<SymRef>> = FxHashMap::default();
    for &block in &func.layout {
        for &inst in &func.blocks[block].insts {
            let InstData::Store {
                mem: MemType::Full(Type::I32),
                addr,
                value,
                offset: 0,
            } = func.insts[inst]
            else {
                continue;
            };
            if !is_fresh(func, program, addr) {
                continue;
            }
            let code = match func.values[value].def {
                ValueDef::Result(def, _) => match func.insts[def] {
                    InstData::FuncIndex(code) => Some(code),
                    _ => None,
                },
                ValueDef::Param(..) => None,
            };
            // Two stores: it is no closure.
            let twice = found.contains_key(&addr);
            found.insert(addr, code.filter(|_| !twice));
        }
    }
    let known = found.into_iter();
    known
        .filter_map(|(value, code)| Some((value, code?)))
        .collect()
}

/// Whether a value is memory that an allocator has just given.
fn is_fresh(func: &Function, program: &Program<'_>, v: Value) -> bool {
    match func.values[v].def {
        ValueDef::Result(inst, 0) => match func.insts[inst] {
            InstData::Call { func: callee, .. } => program.is_allocator(&func.syms[callee]),
            _ => false,
        },
        _ => false,
    }
}

/// The code of a closure object in static data.
pub fn of_data<'a>(data: &'a SymbolMap<Data>, object: &Symbol) -> Option<&'a Symbol> {
    let object = data.get(object).filter(|object| !object.mutable)?;
    let first = object.relocs.first()?;
    let is_code = first.offset == 0 && first.kind == RelocKind::FuncIndex && first.addend == 0;
    is_code.then_some(&first.sym)
}

/// The closure that an indirect call calls, if it calls one.
pub fn called(func: &Function, inst: Inst) -> Option<Value> {
    let InstData::CallIndirect { callee, .. } = func.insts[inst] else {
        return None;
    };
    let ValueDef::Result(load, _) = func.values[callee].def else {
        return None;
    };
    match func.insts[load] {
        InstData::Load {
            mem: MemType::Full(Type::I32),
            addr,
            offset: 0,
        } => Some(addr),
        _ => None,
    }
}
