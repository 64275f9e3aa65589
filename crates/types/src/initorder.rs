//! The order in which package variables are initialised (*Package initialization*).
//!
//! Constants and variables are the nodes of a graph; an edge leads to each one that a declaration refers to, directly
//! or through functions. The node with the fewest open dependencies comes next, the first in the source among several.
//! In a correct package it has none; else there is a cycle.

use crate::checker::{Checker, ErrorBuilder};
use crate::errors::Code;
use crate::{Initializer, ObjId, ObjKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// What decides which node comes next: constants first, then open dependencies, then source order.
type Priority = (bool, usize, usize);

impl Checker<'_> {
    /// The order of initialisation; reports cycles.
    pub(crate) fn init_order(&mut self) -> Vec<Initializer> {
        let objs: Vec<ObjId> = self.obj_map.keys().copied().collect();
        // Numbers are in source order.
        let mut numbers: FxHashMap<ObjId, usize> = FxHashMap::default();
        let mut nodes: Vec<ObjId> = Vec::new();
        for &obj in &objs {
            if matches!(
                self.store.obj(obj).kind,
                ObjKind::Const(_) | ObjKind::Var(_)
            ) {
                numbers.insert(obj, nodes.len());
                nodes.push(obj);
            }
        }
        let mut predecessors: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        let mut open: Vec<usize> = vec![0; nodes.len()];
        for (number, &obj) in nodes.iter().enumerate() {
            let successors = self.dependencies(obj, &numbers);
            open[number] = successors.len();
            for successor in successors {
                predecessors[successor].push(number);
            }
        }
        let is_const = |obj: ObjId| matches!(self.store.obj(obj).kind, ObjKind::Const(_));
        let constants: Vec<bool> = nodes.iter().map(|&obj| is_const(obj)).collect();
        let priority = |number: usize, open: &[usize]| -> Priority {
            (!constants[number], open[number], number)
        };
        let mut queue: BTreeSet<Priority> = (0..nodes.len())
            .map(|number| priority(number, &open))
            .collect();
        let mut emitted = FxHashSet::default();
        let mut order = Vec::new();
        while let Some((_, dependencies, number)) = queue.pop_first() {
            let obj = nodes[number];
            if dependencies > 0
                && let Some(cycle) = self.find_path(obj, obj, &mut FxHashSet::default())
            {
                self.report_init_cycle(&cycle);
            }
            for &predecessor in &predecessors[number] {
                // Those that came already, on a cycle, are not in the queue any more.
                if queue.remove(&priority(predecessor, &open)) {
                    open[predecessor] -= 1;
                    queue.insert(priority(predecessor, &open));
                } else {
                    open[predecessor] = open[predecessor].saturating_sub(1);
                }
            }
            let Some(&idx) = self.obj_map.get(&obj) else {
                continue;
            };
            let info = &self.decls[idx.0 as usize];
            let (ObjKind::Var(_), Some(init)) = (&self.store.obj(obj).kind, info.init) else {
                continue;
            };
            if !emitted.insert(idx) {
                continue;
            }
            let lhs = info.lhs.as_deref().unwrap_or(std::slice::from_ref(&obj));
            let name = |obj: ObjId| (self.store.obj_name(obj) != "_").then_some(obj);
            order.push(Initializer {
                lhs: lhs.iter().map(|&obj| name(obj)).collect(),
                file: info.file,
                rhs: init,
            });
        }
        order
    }

    /// The constants and variables that a declaration refers to, directly or through functions.
    fn dependencies(&self, obj: ObjId, numbers: &FxHashMap<ObjId, usize>) -> Vec<usize> {
        let mut out = Vec::new();
        let mut seen = FxHashSet::default();
        let mut todo = vec![obj];
        while let Some(current) = todo.pop() {
            let Some(info) = self.decl_of(current) else {
                continue;
            };
            for &dep in &info.deps {
                if !seen.insert(dep) {
                    continue;
                }
                match numbers.get(&dep) {
                    Some(&number) => out.push(number),
                    None if matches!(self.store.obj(dep).kind, ObjKind::Func(_)) => todo.push(dep),
                    None => {}
                }
            }
        }
        out
    }

    /// A path of dependencies between two objects, reversed.
    fn find_path(&self, from: ObjId, to: ObjId, seen: &mut FxHashSet<ObjId>) -> Option<Vec<ObjId>> {
        if !seen.insert(from) {
            return None;
        }
        let mut deps: Vec<ObjId> = self.decl_of(from)?.deps.iter().copied().collect();
        deps.sort_by_key(|dep| self.obj_map.get_index_of(dep));
        for dep in deps {
            if dep == to {
                return Some(vec![dep]);
            }
            if let Some(mut path) = self.find_path(dep, to, seen) {
                path.push(dep);
                return Some(path);
            }
        }
        None
    }

    /// Reports a cycle of initialisation.
    fn report_init_cycle(&mut self, cycle: &[ObjId]) {
        let name = |obj: ObjId| self.store.obj_name(obj);
        let first = cycle[0];
        if cycle.len() == 1 {
            let msg = format!("initialization cycle: {} refers to itself", name(first));
            self.error(first, Code::InvalidInitCycle, msg);
            return;
        }
        let mut err = ErrorBuilder::new(Code::InvalidInitCycle);
        err.add(
            self,
            first,
            format!("initialization cycle for {}", name(first)),
        );
        let mut current = first;
        for &next in cycle.iter().rev() {
            err.add(
                self,
                current,
                format!("{} refers to {}", name(current), name(next)),
            );
            current = next;
        }
        err.report(self);
    }
}
