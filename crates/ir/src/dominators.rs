//! Dominator tree, by the method of Cooper, Harvey and Kennedy, *A Simple, Fast Dominance Algorithm* (2001):
//! iteration in reverse postorder over immediate dominators, intersecting by postorder numbers. Linear in practice
//! for reducible code; irreducible code takes a few more rounds.

use crate::{Block, Cfg};
use cranelift_entity::{SecondaryMap, packed_option::PackedOption};

/// The dominator tree of the blocks that can be reached.
#[derive(Clone, Debug)]
pub struct Dominators {
    idom: SecondaryMap<Block, PackedOption<Block>>,
    children: SecondaryMap<Block, Vec<Block>>,
    preorder: Vec<Block>,
    /// Place in preorder, and the place behind the last descendant. Both 0 for unreachable blocks.
    interval: SecondaryMap<Block, (u32, u32)>,
}

impl Dominators {
    /// The tree of a graph.
    #[must_use]
    pub fn new(cfg: &Cfg) -> Self {
        let mut tree = Self {
            idom: SecondaryMap::new(),
            children: SecondaryMap::new(),
            preorder: Vec::with_capacity(cfg.postorder().len()),
            interval: SecondaryMap::new(),
        };
        // Immediate dominators by number in reverse postorder; the entry is its own, here only.
        let blocks: Vec<Block> = cfg.rpo().collect();
        let Some(&entry) = blocks.first() else {
            return tree;
        };
        const NONE: u32 = u32::MAX;
        let mut idom = vec![NONE; blocks.len()];
        idom[0] = 0;
        let mut changed = true;
        while changed {
            changed = false;
            for (n, &block) in blocks.iter().enumerate().skip(1) {
                let mut new = NONE;
                for &pred in cfg.preds(block) {
                    let Some(mut p) = cfg.rpo_number(pred) else {
                        continue;
                    };
                    if idom[p as usize] == NONE {
                        continue;
                    }
                    if new == NONE {
                        new = p;
                    }
                    while p != new {
                        if p > new {
                            p = idom[p as usize];
                        } else {
                            new = idom[new as usize];
                        }
                    }
                }
                if idom[n] != new {
                    idom[n] = new;
                    changed = true;
                }
            }
        }

        for (n, &block) in blocks.iter().enumerate().skip(1) {
            let parent = blocks[idom[n] as usize];
            tree.idom[block] = parent.into();
            tree.children[parent].push(block);
        }
        let mut stack = vec![(entry, 0)];
        tree.open(entry);
        while let Some((block, visited)) = stack.last_mut() {
            if let Some(&child) = tree.children[*block].get(*visited) {
                *visited += 1;
                stack.push((child, 0));
                tree.open(child);
            } else {
                tree.interval[*block].1 = tree.preorder.len() as u32;
                stack.pop();
            }
        }
        tree
    }

    fn open(&mut self, block: Block) {
        self.interval[block].0 = self.preorder.len() as u32;
        self.preorder.push(block);
    }

    /// The immediate dominator; `None` for the entry and for unreachable blocks.
    #[must_use]
    pub fn idom(&self, block: Block) -> Option<Block> {
        self.idom[block].expand()
    }

    /// The blocks that a block dominates immediately, in reverse postorder.
    #[must_use]
    pub fn children(&self, block: Block) -> &[Block] {
        &self.children[block]
    }

    /// The tree in preorder: each block behind its dominators.
    #[must_use]
    pub fn preorder(&self) -> &[Block] {
        &self.preorder
    }

    /// Whether each path from the entry to `b` leads through `a`; a block dominates itself. False if one of them is
    /// unreachable. Constant time.
    #[must_use]
    pub fn dominates(&self, a: Block, b: Block) -> bool {
        let ((a_start, a_end), (b_start, b_end)) = (self.interval[a], self.interval[b]);
        a_start <= b_start && b_end <= a_end && b_start < b_end
    }
}
