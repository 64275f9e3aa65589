//! Predecessors, successors and orders of the blocks of a function.

use crate::{Block, Function, InstData};
use cranelift_entity::EntityRef;

/// The control flow graph of the blocks that can be reached from the entry. It stands for the function at the time
/// it was made.
#[derive(Clone, Debug)]
pub struct Cfg {
    postorder: Vec<Block>,
    /// Number in reverse postorder; `UNREACHED` if the block is not reached.
    rpo_number: Vec<u32>,
    succs: Rows,
    preds: Rows,
}

const UNREACHED: u32 = u32::MAX;

/// A list of blocks for each block, in one piece of memory.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    /// For each block, where its list begins, and where it ends.
    spans: Vec<(u32, u32)>,
    items: Vec<Block>,
}

impl Rows {
    /// Empty lists for so many blocks.
    fn with_capacity(blocks: usize, items: usize) -> Self {
        Self {
            spans: vec![(0, 0); blocks],
            items: Vec::with_capacity(items),
        }
    }

    /// Lists of these blocks, of which each stands behind those before it in the list of its owner. The pairs are
    /// walked twice.
    pub(crate) fn of_pairs(
        blocks: usize,
        pairs: impl Iterator<Item = (Block, Block)> + Clone,
    ) -> Self {
        let mut spans = vec![(0, 0); blocks];
        for (owner, _) in pairs.clone() {
            spans[owner.index()].1 += 1;
        }
        let mut at = 0;
        for (start, end) in &mut spans {
            let len = *end;
            (*start, *end) = (at, at);
            at += len;
        }
        let mut items = vec![Block::new(0); at as usize];
        for (owner, item) in pairs {
            let end = &mut spans[owner.index()].1;
            items[*end as usize] = item;
            *end += 1;
        }
        Self { spans, items }
    }

    /// The list of a block.
    pub(crate) fn row(&self, block: Block) -> &[Block] {
        let (start, end) = self.spans[block.index()];
        &self.items[start as usize..end as usize]
    }
}

impl Cfg {
    /// The graph of a function. Linear.
    #[must_use]
    pub fn new(func: &Function) -> Self {
        // Successors in order of the terminator, each once.
        let blocks = func.blocks.len();
        let mut succs = Rows::with_capacity(blocks, func.layout.len() * 2);
        // By block the last one that branches to it, for terminators with many targets.
        let mut last_source: Vec<Option<Block>> = Vec::new();
        for &block in &func.layout {
            let Some(inst) = func.terminator(block) else {
                continue;
            };
            let data = &func.insts[inst];
            let start = succs.items.len();
            if matches!(data, InstData::BrTable { .. }) {
                last_source.resize(blocks, None);
                for target in data.targets() {
                    let last = &mut last_source[target.block.index()];
                    if last.replace(block) != Some(block) {
                        succs.items.push(target.block);
                    }
                }
            } else {
                for target in data.targets() {
                    if !succs.items[start..].contains(&target.block) {
                        succs.items.push(target.block);
                    }
                }
            }
            succs.spans[block.index()] = (start as u32, succs.items.len() as u32);
        }

        // Depth first, without recursion: a block with the number of successors already visited. The last successor
        // goes first, so that in reverse postorder `then` stands before `els`.
        let mut postorder = Vec::with_capacity(func.layout.len());
        let mut rpo_number = vec![UNREACHED; blocks];
        const SEEN: u32 = UNREACHED - 1;
        let mut stack: Vec<(Block, usize)> = Vec::new();
        if let Some(&entry) = func.layout.first() {
            rpo_number[entry.index()] = SEEN;
            stack.push((entry, 0));
        }
        while let Some((block, visited)) = stack.last_mut() {
            let row = succs.row(*block);
            let Some(&succ) = row.iter().rev().nth(*visited) else {
                postorder.push(*block);
                stack.pop();
                continue;
            };
            *visited += 1;
            let number = &mut rpo_number[succ.index()];
            if *number == UNREACHED {
                *number = SEEN;
                stack.push((succ, 0));
            }
        }
        for (n, &block) in postorder.iter().rev().enumerate() {
            rpo_number[block.index()] = n as u32;
        }

        let reached = func.layout.iter().copied();
        let reached = reached.filter(|b| rpo_number[b.index()] != UNREACHED);
        let edges = reached.flat_map(|from| succs.row(from).iter().map(move |&to| (to, from)));
        Self {
            preds: Rows::of_pairs(blocks, edges),
            postorder,
            rpo_number,
            succs,
        }
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

    /// How many blocks the function has, reached or not.
    pub(crate) fn blocks(&self) -> usize {
        self.rpo_number.len()
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

    /// The number of a block in reverse postorder; `None` if it cannot be reached, or was made since.
    #[must_use]
    pub fn rpo_number(&self, block: Block) -> Option<u32> {
        let n = *self.rpo_number.get(block.index())?;
        (n != UNREACHED).then_some(n)
    }

    /// Whether a block can be reached from the entry.
    #[must_use]
    pub fn is_reachable(&self, block: Block) -> bool {
        self.rpo_number(block).is_some()
    }
}
