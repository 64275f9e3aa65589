//! Prepares the graph of a function for the structurer, on a copy and only where needed.
//!
//! - *Irreducible loops* (decision record 0008): a strongly connected region that is entered at several blocks gets
//!   one dispatching header. Each edge to an entry passes the entry's number and arguments to the header, which
//!   branches by `br_table`. What dominated an entry from outside of the region dominates the header as well, so
//!   values stay visible where they were.
//! - *Edges of a `br_table` with arguments* get a block of their own, because Wasm's branches cannot copy.

use cranelift_entity::SecondaryMap;
use polkago_ir::{
    Block, BlockCall, Cfg, Dominators, Function, InstData, Loops, Type, Value, Values,
};
use std::borrow::Cow;

/// The function with a reducible graph and without arguments on `br_table`.
pub fn normalise(func: &Function) -> Cow<'_, Function> {
    let mut func = Cow::Borrowed(func);
    let cfg = Cfg::new(&func);
    if Loops::new(&cfg, &Dominators::new(&cfg)).is_irreducible() {
        // Dispatching one region may leave irreducible loops inside of it.
        while let Some(region) = find_multi_entry(&Cfg::new(&func)) {
            dispatch(func.to_mut(), &region);
        }
    }
    let has_args = |data: &InstData| {
        matches!(data, InstData::BrTable { .. }) && data.targets().any(|t| !t.args.is_empty())
    };
    let needs_split = |block: &Block| {
        let inst = func.terminator(*block);
        inst.is_some_and(|inst| has_args(&func.insts[inst]))
    };
    let tables: Vec<Block> = func.layout.iter().copied().filter(needs_split).collect();
    for block in tables {
        split_table(func.to_mut(), block);
    }
    func
}

/// Gives each edge with arguments of the `br_table` at the end of `block` a block of its own.
fn split_table(func: &mut Function, block: Block) {
    let Some(inst) = func.terminator(block) else {
        return;
    };
    let loc = func.inst_locs[inst];
    let mut data = func.insts[inst].clone();
    // Equal edges share a block.
    let mut made: Vec<BlockCall> = Vec::new();
    let mut blocks: Vec<Block> = Vec::new();
    for target in data.targets_mut().filter(|t| !t.args.is_empty()) {
        let edge = match made.iter().position(|m| m == target) {
            Some(i) => blocks[i],
            None => {
                let edge = func.new_block();
                func.append(edge, InstData::Jump(target.clone()), loc);
                made.push(target.clone());
                blocks.push(edge);
                edge
            }
        };
        *target = BlockCall {
            block: edge,
            args: Values::new(),
        };
    }
    func.insts[inst] = data;
}

/// A strongly connected part of the graph.
struct Region {
    blocks: Vec<Block>,
    /// Those that can be reached from outside, more than one.
    entries: Vec<Block>,
}

/// An outermost strongly connected region, inside the reducible loops around it, that is entered at more than one
/// block.
fn find_multi_entry(cfg: &Cfg) -> Option<Region> {
    // Regions still to be searched; a single entry is cut off and what is left searched again.
    let mut regions: Vec<Vec<Block>> = vec![cfg.rpo().collect()];
    while let Some(region) = regions.pop() {
        for component in components(cfg, &region) {
            let mut inside: SecondaryMap<Block, bool> = SecondaryMap::new();
            component.iter().for_each(|&b| inside[b] = true);
            let entries: Vec<Block> = component
                .iter()
                .copied()
                .filter(|&b| {
                    cfg.rpo_number(b) == Some(0) || cfg.preds(b).iter().any(|&p| !inside[p])
                })
                .collect();
            match entries.as_slice() {
                [header] => {
                    regions.push(component.into_iter().filter(|b| b != header).collect());
                }
                _ => {
                    return Some(Region {
                        blocks: component,
                        entries,
                    });
                }
            }
        }
    }
    None
}

/// The strongly connected components of more than one block of a part of the graph, each in reverse postorder;
/// Tarjan's algorithm with an explicit stack. A block that only jumps to itself is no component: it has one entry.
fn components(cfg: &Cfg, region: &[Block]) -> Vec<Vec<Block>> {
    const NEW: u32 = u32::MAX;
    // Outside of the region: as if finished.
    const DONE: u32 = u32::MAX - 1;
    let mut number: SecondaryMap<Block, u32> = SecondaryMap::with_default(DONE);
    region.iter().for_each(|&b| number[b] = NEW);
    let mut low: SecondaryMap<Block, u32> = SecondaryMap::new();
    let mut next = 0;
    let mut open: Vec<Block> = Vec::new();
    let mut found = Vec::new();
    for &root in region {
        if number[root] != NEW {
            continue;
        }
        let mut calls = vec![(root, 0)];
        while let Some((block, visited)) = calls.last_mut() {
            let block = *block;
            if *visited == 0 && number[block] == NEW {
                number[block] = next;
                low[block] = next;
                next += 1;
                open.push(block);
            }
            if let Some(&succ) = cfg.succs(block).get(*visited) {
                *visited += 1;
                match number[succ] {
                    NEW => calls.push((succ, 0)),
                    DONE => {}
                    n => low[block] = low[block].min(n),
                }
                continue;
            }
            calls.pop();
            if let Some((parent, _)) = calls.last() {
                low[*parent] = low[*parent].min(low[block]);
            }
            if low[block] == number[block] {
                let start = open.iter().rposition(|&b| b == block).unwrap_or(0);
                let mut component = open.split_off(start);
                component.iter().for_each(|&b| number[b] = DONE);
                if component.len() > 1 {
                    component.sort_by_key(|&b| cfg.rpo_number(b));
                    found.push(component);
                }
            }
        }
    }
    found
}

/// Sends all edges to the entries through a new header.
fn dispatch(func: &mut Function, region: &Region) {
    let header = func.new_block();
    let selector = func.add_block_param(header, Type::I32);
    // The header's parameters: the selector, then those of each entry in turn.
    let mut params: Vec<Vec<Value>> = Vec::new();
    let mut number: SecondaryMap<Block, Option<usize>> = SecondaryMap::new();
    for (i, &entry) in region.entries.iter().enumerate() {
        number[entry] = Some(i);
        let own = func.blocks[entry].params.clone();
        let types = own.into_iter().map(|v| func.value_type(v));
        let types: Vec<Type> = types.collect();
        let copies = types.into_iter().map(|ty| func.add_block_param(header, ty));
        params.push(copies.collect());
    }
    let mut inside: SecondaryMap<Block, bool> = SecondaryMap::new();
    region.blocks.iter().for_each(|&b| inside[b] = true);

    let blocks: Vec<Block> = func
        .layout
        .iter()
        .copied()
        .filter(|&b| b != header)
        .collect();
    for block in blocks {
        let Some(inst) = func.terminator(block) else {
            continue;
        };
        let mut data = func.insts[inst].clone();
        if data.targets().all(|t| number[t.block].is_none()) {
            continue;
        }
        // Constants that the edges pass stand before the terminator.
        func.blocks[block].insts.pop();
        for target in data.targets_mut() {
            let Some(n) = number[target.block] else {
                continue;
            };
            let select = InstData::I32Const(n as i32);
            let mut args: Values = [constant(func, block, select)].into_iter().collect();
            for (i, params) in params.iter().enumerate() {
                if i == n {
                    args.extend(target.args.iter().copied());
                    continue;
                }
                // What the other entries take is not read on this way: inside of the region it stays as it is.
                for &param in params {
                    args.push(if inside[block] {
                        param
                    } else {
                        let zero = zero_of(func.value_type(param));
                        constant(func, block, zero)
                    });
                }
            }
            *target = BlockCall {
                block: header,
                args,
            };
        }
        func.insts[inst] = data;
        func.blocks[block].insts.push(inst);
    }

    let mut calls: Vec<BlockCall> = region
        .entries
        .iter()
        .zip(&params)
        .map(|(&block, params)| BlockCall {
            block,
            args: params.iter().copied().collect(),
        })
        .collect();
    let default = calls.pop().expect("a region has entries");
    let table = InstData::BrTable {
        index: selector,
        targets: calls,
        default,
    };
    func.append(header, table, None.into());
}

/// Appends a constant to a block.
fn constant(func: &mut Function, block: Block, data: InstData) -> Value {
    let inst = func.append(block, data, None.into());
    func.results[inst][0]
}

fn zero_of(ty: Type) -> InstData {
    match ty {
        Type::I32 => InstData::I32Const(0),
        Type::I64 => InstData::I64Const(0),
        Type::F32 => InstData::F32Const(0),
        Type::F64 => InstData::F64Const(0),
        Type::Ref => InstData::Null,
    }
}
