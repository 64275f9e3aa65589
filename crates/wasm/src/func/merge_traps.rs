//! Merges blocks that do the same and then trap: the calls that report a nil pointer or a division by zero.
//!
//! Where three or more blocks are the same, one block and a `br_if` each is shorter than an `if` with a call each.
//! The merged code has one source position, so this is done only where positions are stripped. Only blocks of a few
//! instructions are looked at, and each is compared with the different ones before it, of which there are few.

use cranelift_entity::SecondaryMap;
use polkago_ir::{Block, Function, InstData, Value};
use std::borrow::Cow;

/// Fewer blocks would not be shorter as one.
const LEAST: usize = 3;

/// Longer blocks are left alone.
const MAX_INSTS: usize = 8;

/// Merges the blocks of a function.
pub fn merge_traps(func: &mut Cow<'_, Function>) {
    // What is the same: its code, and the blocks that have it.
    let mut groups: Vec<(Vec<InstData>, Vec<Block>)> = Vec::new();
    for &block in &func.layout {
        let Some(code) = canonical(func, block) else {
            continue;
        };
        match groups.iter_mut().find(|(other, _)| *other == code) {
            Some((_, blocks)) => blocks.push(block),
            None => groups.push((code, vec![block])),
        }
    }
    let mut merged: SecondaryMap<Block, Option<Block>> = SecondaryMap::new();
    let mut any = false;
    for (_, blocks) in groups.iter().filter(|(_, blocks)| blocks.len() >= LEAST) {
        for &block in &blocks[1..] {
            merged[block] = Some(blocks[0]);
            any = true;
        }
    }
    if !any {
        return;
    }
    let func = func.to_mut();
    for &block in &func.layout {
        if let Some(&last) = func.blocks[block].insts.last() {
            for target in func.insts[last].targets_mut() {
                target.block = merged[target.block].unwrap_or(target.block);
            }
        }
    }
    func.layout.retain(|&b| merged[b].is_none());
}

/// The code of a short block without parameters that traps and uses no value from outside, with its own values
/// numbered from 0; `None` for any other block. Values from outside need not be visible where the blocks meet.
fn canonical(func: &Function, block: Block) -> Option<Vec<InstData>> {
    let data = &func.blocks[block];
    let last = func.insts[*data.insts.last()?].clone();
    if !data.params.is_empty()
        || data.insts.len() > MAX_INSTS
        || !matches!(last, InstData::Trap(_))
        || block == func.entry()
    {
        return None;
    }
    let mut own: Vec<Value> = Vec::new();
    let mut code = Vec::new();
    let mut outside = false;
    for &inst in &data.insts {
        let mut copy = func.insts[inst].clone();
        copy.map_operands(|v| match own.iter().position(|&o| o == v) {
            Some(n) => Value::from_u32(n as u32),
            None => {
                outside = true;
                v
            }
        });
        own.extend(&func.results[inst]);
        code.push(copy);
    }
    (!outside).then_some(code)
}
