//! Which values stay on the Wasm stack.
//!
//! A value that is used once, in the block that computes it, is computed where it is used, if nothing that lies
//! between would notice: its node and each node that it moves behind must not conflict (see
//! [`Effects::conflicts`](super::node::Effects)). A value with more uses may still be computed at its first one
//! and kept with `local.tee`. The rest gets locals.
//!
//! Each block is walked from its end. The node found there is a root; its operands are tried from the last to the
//! first, and theirs in turn, so that what is taken in comes directly before what has been taken in already.
//! Of two nodes in one tree whose order changed, one has been compared with the other when it was moved, because
//! then the other still lay between. The cost is linear, but for nodes with effects, which look back over at most
//! [`REACH`] others.

use super::node::{NodeId, Nodes};
use cranelift_entity::SecondaryMap;
use polkago_ir::{Cfg, Function, InstData, Value};

/// Where a node is computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Place {
    /// At its own place; the value, if any, goes to a local.
    #[default]
    Statement,
    /// Where it is used, once.
    Stack,
    /// Where it is used first; a local keeps it for the other uses.
    Tee,
}

/// How many nodes one with effects is moved over at most.
const REACH: usize = 100;

/// How deep expressions get at most.
const DEPTH: usize = 100;

/// Decides the place of each node. Values for which `pinned` holds stay where they are.
pub fn treeify(
    func: &Function,
    cfg: &Cfg,
    nodes: &Nodes,
    pinned: impl Fn(Value) -> bool,
) -> SecondaryMap<NodeId, Place> {
    let mut t = Treeifier {
        nodes,
        pinned,
        places: SecondaryMap::new(),
        index: SecondaryMap::with_default(NONE),
        unseen: SecondaryMap::new(),
        taken: Vec::new(),
    };
    for block in cfg.rpo() {
        t.block(func, &nodes.blocks[block]);
    }
    t.places
}

const NONE: u32 = u32::MAX;

struct Treeifier<'a, P> {
    nodes: &'a Nodes,
    pinned: P,
    places: SecondaryMap<NodeId, Place>,
    /// Place in the current block of the node of each value defined there; `NONE` elsewhere.
    index: SecondaryMap<Value, u32>,
    /// Uses in the current block that have not been met yet.
    unseen: SecondaryMap<Value, u32>,
    /// Whether each node of the current block is part of a tree.
    taken: Vec<bool>,
}

/// What may be done with an operand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Anything: it is always computed here.
    Always,
    /// It is computed on one way only: nothing with effects, and no value that is needed elsewhere.
    Sometimes,
}

impl<P: Fn(Value) -> bool> Treeifier<'_, P> {
    fn block(&mut self, func: &Function, list: &[NodeId]) {
        self.taken.clear();
        self.taken.resize(list.len(), false);
        for (i, &id) in list.iter().enumerate() {
            let node = &self.nodes.nodes[id];
            node.args.iter().for_each(|&v| self.unseen[v] += 1);
            if let Some(v) = node.result.expand() {
                self.index[v] = i as u32;
            }
        }
        for root in (0..list.len()).rev() {
            if self.taken[root] {
                continue;
            }
            let inst = self.nodes.nodes[list[root]].inst.expand();
            // Of a conditional branch only the condition, the first operand, is always computed.
            let brif = inst.is_some_and(|i| matches!(func.insts[i], InstData::Brif { .. }));
            let always = if brif { 1 } else { usize::MAX };
            self.operands(list, root, root, always, 0);
        }
        for &id in list {
            if let Some(v) = self.nodes.nodes[id].result.expand() {
                self.index[v] = NONE;
            }
        }
    }

    /// Tries the operands of the node at `at`, which is part of the tree at `root`. The first `always` of them are
    /// computed whenever the node is.
    fn operands(&mut self, list: &[NodeId], root: usize, at: usize, always: usize, depth: usize) {
        let nodes = self.nodes;
        let args = &nodes.nodes[list[at]].args;
        for (n, &v) in args.iter().enumerate().rev() {
            let mode = if n < always {
                Mode::Always
            } else {
                Mode::Sometimes
            };
            if depth < DEPTH
                && let Some((def, place)) = self.can_take(list, root, v, mode)
            {
                self.taken[def] = true;
                self.places[list[def]] = place;
                self.unseen[v] -= 1;
                let always = if n < always { usize::MAX } else { 0 };
                self.operands(list, root, def, always, depth + 1);
            } else {
                self.unseen[v] -= 1;
            }
        }
    }

    fn can_take(
        &self,
        list: &[NodeId],
        root: usize,
        v: Value,
        mode: Mode,
    ) -> Option<(usize, Place)> {
        let def = self.index[v];
        // Other uses in this block must come later, and all those elsewhere do.
        if def == NONE || self.unseen[v] != 1 || (self.pinned)(v) {
            return None;
        }
        let def = def as usize;
        let place = if self.nodes.uses[v] == 1 {
            Place::Stack
        } else {
            Place::Tee
        };
        let effects = self.nodes.nodes[list[def]].effects;
        if mode == Mode::Sometimes && (place == Place::Tee || !effects.is_removable()) {
            return None;
        }
        if !effects.is_none() {
            if root - def > REACH {
                return None;
            }
            let between = (def + 1..root).filter(|&i| !self.taken[i]);
            for i in between {
                if effects.conflicts(self.nodes.nodes[list[i]].effects) {
                    return None;
                }
            }
        }
        Some((def, place))
    }
}
