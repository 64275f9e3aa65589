//! The resume function: going on behind a suspended call.

use super::outline::{Saved, remade_by, value};
use super::sites::{Site, to};
use super::{CALL_NUMBER, EXIT, LIVE, carried, result_global, resume_name};
use crate::ssa::{Var, Variables};
use cranelift_entity::SecondaryMap;
use cranelift_entity::packed_option::PackedOption;
use polkago_ir::{
    Block, Cfg, Function, InstData, Loc, MemType, Signature, Type, UnaryOp, Value, Values,
};

/// Makes the resume function of a function that has been outlined.
pub fn resume_function(hot: &Function, sites: &[Site], saved: &Saved) -> Function {
    let mut func = hot.clone();
    func.name = resume_name(&hot.name);
    func.sig = Signature::default();
    func.resumes = Some(hot.name.clone());
    func.borrows = Vec::new();
    func.attrs.noinline = true;
    returns_through_globals(&mut func);

    // A value has several definitions here: where it was made before, and where it is read back.
    let mut vars: SecondaryMap<Value, Option<Var>> = SecondaryMap::new();
    let mut types = Vec::new();
    let mut count = |func: &Function, v: Value| {
        if vars[v].is_none() {
            vars[v] = Some(types.len() as Var);
            types.push(func.value_type(v));
        }
    };
    for (n, site) in sites.iter().enumerate() {
        saved.stored[n].iter().for_each(|s| count(&func, s.0));
        saved.remade[n].iter().for_each(|&v| count(&func, v));
        func.results[site.call]
            .clone()
            .iter()
            .for_each(|&v| count(&func, v));
        count(&func, site.check);
    }

    let entry = func.blocks.push(Default::default());
    let mut layout = vec![entry];
    // Of each block that reads values back: which ones.
    let mut read: SecondaryMap<Block, Vec<(Value, Value)>> = SecondaryMap::new();
    let mut blocks = Vec::new();
    for (n, site) in sites.iter().enumerate() {
        let block = func.blocks.push(Default::default());
        read[block] = read_back(&mut func, block, n, site, saved);
        blocks.push(block);
        layout.push(block);
    }
    dispatch(&mut func, entry, saved, &blocks);
    layout.append(&mut func.layout);
    func.layout = layout;
    func.remove_unreachable_blocks();
    repair(&mut func, &vars, types, &read);
    func
}

/// Lets results be returned through globals.
fn returns_through_globals(func: &mut Function) {
    for i in 0..func.layout.len() {
        let block = func.layout[i];
        let Some(inst) = func.terminator(block) else {
            continue;
        };
        let InstData::Return(values) = &mut func.insts[inst] else {
            continue;
        };
        let values = std::mem::take(values);
        let loc = func.inst_locs[inst];
        func.blocks[block].insts.pop();
        for (position, &v) in values.iter().enumerate() {
            let ty = func.value_type(v);
            let v = convert(func, block, v, carried(ty), loc);
            let global = func.sym(&result_global(position, ty));
            func.append(block, InstData::GlobalSet { global, value: v }, loc);
        }
        func.blocks[block].insts.push(inst);
    }
}

/// A ref as an integer, or back.
fn convert(func: &mut Function, block: Block, v: Value, to: Type, loc: PackedOption<Loc>) -> Value {
    let op = match (func.value_type(v), to) {
        (from, to) if from == to => return v,
        (_, Type::Ref) => UnaryOp::IntToRef,
        _ => UnaryOp::RefToInt,
    };
    value(func, block, InstData::Unary { op, x: v, ty: to }, loc)
}

/// Reads the results of a call that a resume function has finished.
pub fn read_results(
    func: &mut Function,
    block: Block,
    types: &[Type],
    loc: PackedOption<Loc>,
) -> Vec<Value> {
    types
        .iter()
        .enumerate()
        .map(|(position, &ty)| {
            let global = func.sym(&result_global(position, ty));
            let data = InstData::GlobalGet {
                global,
                ty: carried(ty),
            };
            let v = value(func, block, data, loc);
            convert(func, block, v, ty, loc)
        })
        .collect()
}

/// Reads back what a call needs, and goes on behind it. Gives the new value of each old one.
fn read_back(
    func: &mut Function,
    block: Block,
    n: usize,
    site: &Site,
    saved: &Saved,
) -> Vec<(Value, Value)> {
    let loc = func.inst_locs[site.call];
    let mut read = Vec::new();
    let results = func.results[site.call].clone();
    let types: Vec<Type> = results.iter().map(|&v| func.value_type(v)).collect();
    let values = read_results(func, block, &types, loc);
    read.extend(results.iter().copied().zip(values));
    let slot = InstData::StackAddr {
        slot: saved.slot,
        offset: 0,
    };
    let base = value(func, block, slot, loc);
    for &(v, offset) in &saved.stored[n] {
        let data = InstData::Load {
            mem: MemType::Full(func.value_type(v)),
            addr: base,
            offset,
        };
        read.push((v, value(func, block, data, loc)));
    }
    for &v in &saved.remade[n] {
        let inst = remade_by(func, v).expect("only such values are made again");
        let data = func.insts[inst].clone();
        read.push((v, value(func, block, data, loc)));
    }
    if saved.refs != 0 {
        // What was kept here is kept by this function from now on.
        let slot = InstData::StackAddr {
            slot: saved.slot,
            offset: LIVE as i32,
        };
        let dst = value(func, block, slot, loc);
        let byte = value(func, block, InstData::I32Const(0), loc);
        let len = value(func, block, InstData::I32Const(saved.refs as i32), loc);
        func.append(block, InstData::MemFill { dst, byte, len }, loc);
    }
    let global = func.sym(&EXIT.into());
    let exit = InstData::GlobalGet {
        global,
        ty: Type::I32,
    };
    let check = value(func, block, exit, loc);
    read.push((site.check, check));
    let data = match &site.unwind {
        Some(unwind) => InstData::Brif {
            cond: check,
            then: unwind.clone(),
            els: site.after.clone(),
        },
        None => InstData::Jump(site.after.clone()),
    };
    func.append(block, data, loc);
    read
}

/// Goes to where the suspended call is read back.
fn dispatch(func: &mut Function, entry: Block, saved: &Saved, blocks: &[Block]) {
    let Some((&last, others)) = blocks.split_last() else {
        return;
    };
    if others.is_empty() {
        func.append(entry, InstData::Jump(to(last)), None.into());
        return;
    }
    let slot = InstData::StackAddr {
        slot: saved.slot,
        offset: 0,
    };
    let base = value(func, entry, slot, None.into());
    let load = InstData::Load {
        mem: MemType::Full(Type::I32),
        addr: base,
        offset: CALL_NUMBER,
    };
    let index = value(func, entry, load, None.into());
    let table = InstData::BrTable {
        index,
        targets: others.iter().map(|&b| to(b)).collect(),
        default: to(last),
    };
    func.append(entry, table, None.into());
}

/// Leads each use to the definition that reaches it.
fn repair(
    func: &mut Function,
    vars: &SecondaryMap<Value, Option<Var>>,
    types: Vec<Type>,
    read: &SecondaryMap<Block, Vec<(Value, Value)>>,
) {
    let cfg = Cfg::new(func);
    let mut variables = Variables::new(&cfg, types);
    for block in cfg.rpo() {
        for i in 0..func.blocks[block].params.len() {
            let v = func.blocks[block].params[i];
            if let Some(var) = vars[v] {
                variables.write(var, block, v);
            }
        }
        // All values are read back before the end of the block, the only place that uses the old names.
        let insts = func.blocks[block].insts.clone();
        for inst in insts {
            if func.insts[inst].is_terminator() {
                for &(old, new) in &read[block] {
                    if let Some(var) = vars[old] {
                        variables.write(var, block, new);
                    }
                }
            }
            let mut operands = Values::new();
            func.insts[inst].visit_operands(|v| operands.push(v));
            let mut now = operands
                .iter()
                .map(|&v| match vars[v] {
                    Some(var) => variables.read(func, var, block),
                    None => v,
                })
                .collect::<Values>()
                .into_iter();
            func.insts[inst].map_operands(|v| now.next().unwrap_or(v));
            for &result in &func.results[inst].clone() {
                if let Some(var) = vars[result] {
                    variables.write(var, block, result);
                }
            }
        }
    }
    variables.finish(func);
}
