//! Identical functions become one, and functions that are called often get small indices.
//!
//! Instances of generic code for types of the same shape, and small methods of different types, often have the same
//! instructions. Two functions are the same if their types, locals and instructions are, where calls of functions
//! that are the same count as equal; found by refining from what is the same by itself, until nothing more joins.
//! A merged function keeps the name and source lines of the first one in order.
//!
//! An index below 128 takes one byte in a call, so where there are more functions they are sorted by how often they
//! are called, stably.

use crate::code::{Code, Op};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// Which functions remain, and the new index of each.
pub struct Folded {
    /// Places in the list given, in their new order.
    pub kept: Vec<usize>,
    /// New Wasm index of each function of the host and each function of the list.
    pub index: Vec<u32>,
}

/// Indices up to this one take one byte.
const SHORT_INDICES: usize = 128;

/// Merges and sorts functions, given with their type indices, and rewrites the calls in them. `imports` functions of
/// the host come first and stay.
pub fn fold(funcs: &mut [(u32, Code)], imports: usize) -> Folded {
    // The first function that each one is the same as.
    let mut same: Vec<usize> = (0..funcs.len()).collect();
    loop {
        let hashes = (0..funcs.len()).into_par_iter();
        let hashes: Vec<u64> = hashes.map(|i| hash(&funcs[i], imports, &same)).collect();
        let mut first: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        let mut changed = false;
        for i in 0..funcs.len() {
            if same[i] != i {
                continue;
            }
            let bucket = first.entry(hashes[i]).or_default();
            let equal = |&&j: &&usize| equal(&funcs[i], &funcs[j], imports, &same);
            match bucket.iter().find(equal) {
                Some(&j) => {
                    same[i] = j;
                    changed = true;
                }
                None => bucket.push(i),
            }
        }
        if !changed {
            break;
        }
        for i in 0..same.len() {
            same[i] = same[same[i]];
        }
    }

    let mut kept: Vec<usize> = (0..funcs.len()).filter(|&i| same[i] == i).collect();
    if imports + kept.len() > SHORT_INDICES {
        let mut calls = vec![0_u32; funcs.len()];
        for &i in &kept {
            for (op, _) in &funcs[i].1.ops {
                if let Some(callee) = callee(op, imports, &same) {
                    calls[callee] += 1;
                }
            }
        }
        kept.sort_by_key(|&i| std::cmp::Reverse(calls[i]));
    }
    let mut place = vec![0; funcs.len()];
    for (n, &i) in kept.iter().enumerate() {
        place[i] = (imports + n) as u32;
    }
    let index: Vec<u32> = (0..imports as u32)
        .chain(same.iter().map(|&i| place[i]))
        .collect();
    for (_, code) in funcs {
        for (op, _) in &mut code.ops {
            if let Op::Call(f) = op {
                *f = index[*f as usize];
            }
        }
    }
    Folded { kept, index }
}

/// The function of the list that is called.
fn callee(op: &Op, imports: usize, same: &[usize]) -> Option<usize> {
    match op {
        Op::Call(f) => (*f as usize).checked_sub(imports).map(|f| same[f]),
        _ => None,
    }
}

fn hash(func: &(u32, Code), imports: usize, same: &[usize]) -> u64 {
    let (ty, code) = func;
    let mut hasher = FxHasher::default();
    (ty, code.ops.len()).hash(&mut hasher);
    for (op, _) in &code.ops {
        match callee(op, imports, same) {
            Some(callee) => callee.hash(&mut hasher),
            None => op.hash(&mut hasher),
        }
    }
    hasher.finish()
}

fn equal(a: &(u32, Code), b: &(u32, Code), imports: usize, same: &[usize]) -> bool {
    let ops = |code: &Code| code.ops.len();
    if a.0 != b.0 || ops(&a.1) != ops(&b.1) || a.1.locals != b.1.locals {
        return false;
    }
    a.1.ops.iter().zip(&b.1.ops).all(|((x, _), (y, _))| {
        match (callee(x, imports, same), callee(y, imports, same)) {
            (Some(x), Some(y)) => x == y,
            (None, None) => x == y,
            (Some(_), None) | (None, Some(_)) => false,
        }
    })
}
