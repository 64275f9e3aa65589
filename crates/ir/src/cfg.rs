//! Predecessors, successors and orders of the blocks of a function.

use crate::{Block, Function};
use cranelift_entity::{EntityRef, SecondaryMap};

/// The control flow graph of the blocks that can be reached from the entry. It stands for the function at the time
/// it was made.
#[derive(Clone, Debug)]
pub struct Cfg {
    postorder: Vec<Block>,
    /// Number in reverse postorder; `UNREACHED` if the block is not reached.
    rpo_number: SecondaryMap<Block, u32>,
    succs: Rows,
    preds: Rows,
}

const UNREACHED: u32 = u32::MAX;

/// A list of blocks for each block, in one piece of memory.
#[derive(Clone, Debug)]
struct Rows {
    starts: Vec<u32>,
    items: Vec<Block>,
}

impl Rows {
    fn new(blocks: usize, edges: &[(Block, Block)]) -> Self {
        let mut starts = vec![0; blocks + 1];
        for (from, _) in edges {
            starts[from.index() + 1] += 1;
        }
        for i in 0..blocks {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut items = vec![Block::new(0); edges.len()];
        for &(from, to) in edges {
            items[next[from.index()] as usize] = to;
            next[from.index()] += 1;
        }
        Self { starts, items }
    }

    fn row(&self, block: Block) -> &[Block] {
        let (start, end) = (self.starts[block.index()], self.starts[block.index() + 1]);
        &self.items[start as usize..end as usize]
    }
}

impl Cfg {
    /// The graph of a function. Linear.
    #[must_use]
    pub fn new(func: &Function) -> Self {
        let mut cfg = Self {
            postorder: Vec::with_capacity(func.layout.len()),
            rpo_number: SecondaryMap::with_default(UNREACHED),
            succs: Rows::new(0, &[]),
            preds: Rows::new(0, &[]),
        };
        // Edges by source in order of the layout, each pair once.
        let mut edges = Vec::with_capacity(func.layout.len() * 2);
        let mut last_source: SecondaryMap<Block, u32> = SecondaryMap::with_default(UNREACHED);
        for (n, &block) in func.layout.iter().enumerate() {
            let Some(inst) = func.terminator(block) else {
                continue;
            };
            for target in func.insts[inst].targets() {
                let last = &mut last_source[target.block];
                if std::mem::replace(last, n as u32) != n as u32 {
                    edges.push((block, target.block));
                }
            }
        }
        cfg.succs = Rows::new(func.blocks.len(), &edges);

        // Depth first, without recursion: a block with the number of successors already visited. The last successor
        // goes first, so that in reverse postorder `then` stands before `els`.
        let mut seen = cranelift_entity::EntitySet::with_capacity(func.blocks.len());
        let mut stack: Vec<(Block, usize)> = Vec::new();
        if let Some(&entry) = func.layout.first() {
            seen.insert(entry);
            stack.push((entry, 0));
        }
        while let Some((block, visited)) = stack.last_mut() {
            let succs = cfg.succs.row(*block);
            let Some(&succ) = succs.iter().rev().nth(*visited) else {
                cfg.postorder.push(*block);
                stack.pop();
                continue;
            };
            *visited += 1;
            if seen.insert(succ) {
                stack.push((succ, 0));
            }
        }
        for (n, &block) in cfg.postorder.iter().rev().enumerate() {
            cfg.rpo_number[block] = n as u32;
        }

        let mut reversed = Vec::with_capacity(edges.len());
        for (from, to) in edges {
            if seen.contains(from) {
                reversed.push((to, from));
            }
        }
        cfg.preds = Rows::new(func.blocks.len(), &reversed);
        cfg
    }

    /// The predecessors of a block that can be reached, each once, in order of the layout.
    #[must_use]
    pub fn preds(&self, block: Block) -> &[Block] {
        self.preds.row(block)
    }

    /// The successors of a block, each once, in order of its terminator.
    #[must_use]
    pub fn succs(&self, block: Block) -> &[Block] {
        self.succs.row(block)
    }

    /// The blocks that can be reached, in postorder.
    #[must_use]
    pub fn postorder(&self) -> &[Block] {
        &self.postorder
    }

    /// The blocks that can be reached, in reverse postorder: a block stands behind its predecessors, but for those
    /// on retreating edges.
    pub fn rpo(&self) -> impl DoubleEndedIterator<Item = Block> + ExactSizeIterator + '_ {
        self.postorder.iter().rev().copied()
    }

    /// The number of a block in reverse postorder; `None` if it cannot be reached.
    #[must_use]
    pub fn rpo_number(&self, block: Block) -> Option<u32> {
        let n = self.rpo_number[block];
        (n != UNREACHED).then_some(n)
    }

    /// Whether a block can be reached from the entry.
    #[must_use]
    pub fn is_reachable(&self, block: Block) -> bool {
        self.rpo_number[block] != UNREACHED
    }
}
