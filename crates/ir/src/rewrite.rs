//! Whole-function rewriting: replacing uses, dropping unreachable blocks, and removing block parameters that
//! always receive the same value.

use crate::{Block, Function, Value};
use cranelift_entity::{EntitySet, SecondaryMap, packed_option::PackedOption};

/// Values that are to be replaced by others. Chains are followed, so that passes may record replacements in any
/// order and apply them once, in one walk over the function.
#[derive(Clone, Default)]
pub struct Aliases {
    map: SecondaryMap<Value, PackedOption<Value>>,
    any: bool,
}

impl Aliases {
    /// No replacements.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing has been recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.any
    }

    /// Records that uses of `old` become uses of `new`. Nothing happens if they already resolve to the same value.
    pub fn replace(&mut self, old: Value, new: Value) {
        let new = self.resolve(new);
        if new != old {
            self.map[old] = new.into();
            self.any = true;
        }
    }

    /// What stands for `v`: the end of its chain. Paths are halved on the way.
    pub fn resolve(&mut self, mut v: Value) -> Value {
        if !self.any {
            return v;
        }
        while let Some(next) = self.map[v].expand() {
            if let Some(after) = self.map[next].expand() {
                self.map[v] = after.into();
            }
            v = next;
        }
        v
    }

    /// Rewrites all operands of the blocks in the layout.
    pub fn apply(&mut self, func: &mut Function) {
        if !self.any {
            return;
        }
        for &block in &func.layout {
            for &inst in &func.blocks[block].insts {
                func.insts[inst].map_operands(|v| self.resolve(v));
            }
        }
    }
}

impl Function {
    /// The blocks that can be reached from the entry.
    #[must_use]
    pub fn reachable_blocks(&self) -> EntitySet<Block> {
        let mut seen = EntitySet::with_capacity(self.blocks.len());
        let Some(&entry) = self.layout.first() else {
            return seen;
        };
        seen.insert(entry);
        let mut work = vec![entry];
        while let Some(block) = work.pop() {
            let Some(inst) = self.terminator(block) else {
                continue;
            };
            for target in self.insts[inst].targets() {
                if seen.insert(target.block) {
                    work.push(target.block);
                }
            }
        }
        seen
    }

    /// Takes unreachable blocks out of the layout and empties them. Returns whether there were any.
    pub fn remove_unreachable_blocks(&mut self) -> bool {
        let reachable = self.reachable_blocks();
        let before = self.layout.len();
        let blocks = &mut self.blocks;
        self.layout.retain(|&block| {
            let keep = reachable.contains(block);
            if !keep {
                blocks[block] = Default::default();
            }
            keep
        });
        self.layout.len() != before
    }

    /// Removes the parameters of a block for which `dead` is true, and the arguments for them in all branches.
    /// The values must have no uses left.
    pub fn remove_block_params(&mut self, dead: &EntitySet<Value>) {
        let mut affected: EntitySet<Block> = EntitySet::with_capacity(self.blocks.len());
        for &block in &self.layout {
            if self.blocks[block].params.iter().any(|&p| dead.contains(p)) {
                affected.insert(block);
            }
        }
        if affected.is_empty() {
            return;
        }
        // Arguments first, while the parameters still tell which ones go.
        for i in 0..self.layout.len() {
            let Some(inst) = self.terminator(self.layout[i]) else {
                continue;
            };
            for target in self.insts[inst].targets_mut() {
                if affected.contains(target.block) {
                    let params = &self.blocks[target.block].params;
                    let mut n = 0;
                    target.args.retain(|_| {
                        n += 1;
                        !dead.contains(params[n - 1])
                    });
                }
            }
        }
        for i in 0..self.layout.len() {
            let block = self.layout[i];
            if affected.contains(block) {
                self.blocks[block].params.retain(|&p| !dead.contains(p));
                self.renumber_params(block);
            }
        }
    }

    /// Sets the definitions of a block's parameters to their places, after the list was changed.
    pub fn renumber_params(&mut self, block: Block) {
        for (n, &param) in self.blocks[block].params.iter().enumerate() {
            self.values[param].def = crate::ValueDef::Param(block, n as u32);
        }
    }
}

/// Removes block parameters that receive one and the same value over every edge (or themselves), also through
/// cycles of such parameters. Returns whether there were any.
///
/// The lattice of a parameter is: nothing known, one value, itself. All start with nothing known; an argument
/// contributes itself or, if it is a parameter that has one value, that value. A parameter that meets two
/// different values stands for itself. A state changes at most twice, and each change looks again at the
/// parameters it is an argument of, so the cost is linear in the number of arguments. The one value found
/// dominates the parameter: walk back from the parameter along any path, and the value passed over each edge
/// leads to it before the entry is reached.
///
/// A state found through a parameter that later stands for itself is stale and counts as a second value; so a few
/// more rounds look for what the last one missed. Unreachable blocks must have been removed.
pub fn remove_constant_params(func: &mut Function) -> bool {
    const ROUNDS: usize = 8;
    (0..ROUNDS)
        .take_while(|_| constant_params_round(func))
        .count()
        > 0
}

/// One round of [`remove_constant_params`].
fn constant_params_round(func: &mut Function) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Unknown,
        One(Value),
        Own,
    }
    let Some(&entry) = func.layout.first() else {
        return false;
    };
    let params: Vec<Value> = func.layout[1..]
        .iter()
        .flat_map(|&b| func.blocks[b].params.iter().copied())
        .collect();
    if params.is_empty() {
        return false;
    }

    // Dense numbers for the parameters; arguments and users in compressed rows.
    let mut number: SecondaryMap<Value, u32> = SecondaryMap::with_default(u32::MAX);
    for (n, &p) in params.iter().enumerate() {
        number[p] = n as u32;
    }
    let mut edges: Vec<(u32, Value)> = Vec::new();
    for &block in &func.layout {
        let Some(inst) = func.terminator(block) else {
            continue;
        };
        for target in func.insts[inst].targets() {
            if target.block == entry {
                continue;
            }
            let params = &func.blocks[target.block].params;
            for (&param, &arg) in params.iter().zip(&target.args) {
                edges.push((number[param], arg));
            }
        }
    }
    edges.sort_by_key(|e| e.0);
    let mut users: Vec<(u32, u32)> = edges
        .iter()
        .filter(|e| number[e.1] != u32::MAX)
        .map(|e| (number[e.1], e.0))
        .collect();
    users.sort_unstable();
    users.dedup();
    let rows = |keys: &mut dyn Iterator<Item = u32>| {
        let mut starts = vec![0u32; params.len() + 1];
        for key in keys {
            starts[key as usize + 1] += 1;
        }
        for i in 0..params.len() {
            starts[i + 1] += starts[i];
        }
        starts
    };
    let arg_rows = rows(&mut edges.iter().map(|e| e.0));
    let user_rows = rows(&mut users.iter().map(|u| u.0));

    let mut state = vec![State::Unknown; params.len()];
    let mut queued = vec![true; params.len()];
    let mut work: std::collections::VecDeque<u32> = (0..params.len() as u32).collect();
    while let Some(n) = work.pop_front() {
        let i = n as usize;
        queued[i] = false;
        if state[i] == State::Own {
            continue;
        }
        let mut new = State::Unknown;
        for &(_, arg) in &edges[arg_rows[i] as usize..arg_rows[i + 1] as usize] {
            let found = match number[arg] {
                m if m == n || m == u32::MAX => arg,
                m => match state[m as usize] {
                    State::Unknown => continue,
                    State::One(v) => v,
                    State::Own => arg,
                },
            };
            if found == params[i] {
                continue;
            }
            match new {
                State::Unknown => new = State::One(found),
                State::One(v) if v == found => {}
                State::One(_) | State::Own => {
                    new = State::Own;
                    break;
                }
            }
        }
        // A parameter whose one value changed has met two: a value found earlier was a parameter's that has since
        // become its own.
        if matches!((state[i], new), (State::One(a), State::One(b)) if a != b) {
            new = State::Own;
        }
        if new != state[i] {
            state[i] = new;
            for &(_, user) in &users[user_rows[i] as usize..user_rows[i + 1] as usize] {
                if !std::mem::replace(&mut queued[user as usize], true) {
                    work.push_back(user);
                }
            }
        }
    }

    let mut aliases = Aliases::new();
    let mut dead: EntitySet<Value> = EntitySet::with_capacity(func.values.len());
    for (i, &param) in params.iter().enumerate() {
        if let State::One(v) = state[i] {
            aliases.replace(param, v);
            dead.insert(param);
        }
    }
    if dead.is_empty() {
        return false;
    }
    func.remove_block_params(&dead);
    aliases.apply(func);
    true
}
