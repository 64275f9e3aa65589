//! Dominator tree, by the method of Cooper, Harvey and Kennedy, *A Simple, Fast Dominance Algorithm* (2001):
//! iteration in reverse postorder over immediate dominators, intersecting by postorder numbers. Linear in practice
//! for reducible code; irreducible code takes a few more rounds.

use crate::cfg::Rows;
use crate::{Block, Cfg};
use cranelift_entity::{EntityRef, packed_option::PackedOption};

/// The dominator tree of the blocks that can be reached.
#[derive(Clone, Debug)]
pub struct Dominators {
    idom: Vec<PackedOption<Block>>,
    children: Rows,
    preorder: Vec<Block>,
    /// Place in preorder, and the place behind the last descendant. Both 0 for unreachable blocks.
    interval: Vec<(u32, u32)>,
}

impl Dominators {
    /// The tree of a graph.
    #[must_use]
    pub fn new(cfg: &Cfg) -> Self {
        // Immediate dominators by number in reverse postorder; the entry is its own, here only.
        let blocks: Vec<Block> = cfg.rpo().collect();
        const NONE: u32 = u32::MAX;
        let mut idom = vec![NONE; blocks.len()];
        if let Some(entry) = idom.first_mut() {
            *entry = 0;
        }
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

        // Sizes of subtrees from the leaves up, then places from the root down: siblings in reverse postorder.
        let mut size = vec![1; blocks.len()];
        for n in (1..blocks.len()).rev() {
            size[idom[n] as usize] += size[n];
        }
        let mut next = vec![0; blocks.len()];
        let mut interval = vec![(0, 0); cfg.blocks()];
        let mut preorder = blocks.clone();
        for (n, &block) in blocks.iter().enumerate() {
            let place = &mut next[idom[n] as usize];
            let at = *place;
            *place += size[n];
            next[n] = at + 1;
            preorder[at as usize] = block;
            interval[block.index()] = (at, at + size[n]);
        }
        let parents = (1..blocks.len()).map(|n| (blocks[idom[n] as usize], blocks[n]));
        let children = Rows::of_pairs(cfg.blocks(), parents.clone());
        let mut tree = Self {
            idom: vec![None.into(); cfg.blocks()],
            children,
            preorder,
            interval,
        };
        for (parent, child) in parents {
            tree.idom[child.index()] = parent.into();
        }
        tree
    }

    /// The immediate dominator; `None` for the entry and for unreachable blocks.
    #[must_use]
    pub fn idom(&self, block: Block) -> Option<Block> {
        self.idom.get(block.index())?.expand()
    }

    /// The blocks that a block dominates immediately, in reverse postorder.
    #[must_use]
    pub fn children(&self, block: Block) -> &[Block] {
        self.children.row(block)
    }

    /// The tree in preorder: each block behind its dominators.
    #[must_use]
    pub fn preorder(&self) -> &[Block] {
        &self.preorder
    }

    /// Whether each path from the entry to `b` leads through `a`; a block dominates itself. False if one of them is
    /// unreachable, or was made since. Constant time.
    #[must_use]
    pub fn dominates(&self, a: Block, b: Block) -> bool {
        let interval = |block: Block| self.interval.get(block.index()).copied();
        let (Some((a_start, a_end)), Some((b_start, b_end))) = (interval(a), interval(b)) else {
            return false;
        };
        a_start <= b_start && b_end <= a_end && b_start < b_end
    }
}
