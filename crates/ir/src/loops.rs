//! Natural loops: their headers and nesting, and whether the control flow is reducible.
//!
//! A *retreating* edge leads to a block that does not stand behind its source in reverse postorder. Where its target
//! dominates its source it is a back edge and the target is a loop header; the loop is what reaches the source
//! without passing the header. Any other retreating edge belongs to a cycle with several entries, and the control
//! flow is irreducible; such cycles are no loops here.

use crate::{Block, Cfg, Dominators};
use cranelift_entity::{PrimaryMap, SecondaryMap, entity_impl, packed_option::PackedOption};

/// A natural loop.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Loop(u32);
entity_impl!(Loop, "loop");

/// What is known of a loop.
#[derive(Clone, Debug)]
struct LoopData {
    header: Block,
    parent: PackedOption<Loop>,
    depth: u32,
}

/// The loops of a function.
#[derive(Clone, Debug)]
pub struct Loops {
    loops: PrimaryMap<Loop, LoopData>,
    innermost: SecondaryMap<Block, PackedOption<Loop>>,
    irreducible: bool,
}

impl Loops {
    /// Finds the loops. Linear in the number of edges times the depth of nesting.
    #[must_use]
    pub fn new(cfg: &Cfg, dominators: &Dominators) -> Self {
        let mut this = Self {
            loops: PrimaryMap::new(),
            innermost: SecondaryMap::new(),
            irreducible: false,
        };
        // Outer headers stand before inner ones in reverse postorder.
        for block in cfg.rpo() {
            let mut is_header = false;
            for &pred in cfg.preds(block) {
                if dominators.dominates(block, pred) {
                    is_header = true;
                } else if cfg.rpo_number(block) <= cfg.rpo_number(pred) {
                    this.irreducible = true;
                }
            }
            if is_header {
                this.loops.push(LoopData {
                    header: block,
                    parent: None.into(),
                    depth: 0,
                });
            }
        }
        // Bodies from the inside out: a block keeps the first loop that claims it, and whole inner loops are
        // claimed through their headers.
        for this_loop in this.loops.keys().rev() {
            let header = this.loops[this_loop].header;
            let back = |&b: &Block| dominators.dominates(header, b);
            let mut work: Vec<Block> = cfg.preds(header).iter().copied().filter(back).collect();
            while let Some(block) = work.pop() {
                let claimed = match this.innermost[block].expand() {
                    None => {
                        this.innermost[block] = this_loop.into();
                        Some(block)
                    }
                    Some(mut inner) => {
                        while let Some(outer) = this.loops[inner].parent.expand() {
                            inner = outer;
                        }
                        if inner == this_loop {
                            None
                        } else {
                            this.loops[inner].parent = this_loop.into();
                            Some(this.loops[inner].header)
                        }
                    }
                };
                if let Some(block) = claimed
                    && block != header
                {
                    work.extend(cfg.preds(block));
                }
            }
            this.innermost[header] = this_loop.into();
        }
        for this_loop in this.loops.keys() {
            let parent = this.loops[this_loop].parent.expand();
            this.loops[this_loop].depth = parent.map_or(1, |p| this.loops[p].depth + 1);
        }
        this
    }

    /// The loops, outer ones before the ones inside them.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Loop> + use<> {
        self.loops.keys()
    }

    /// The header of a loop: the block through which it is entered.
    #[must_use]
    pub fn header(&self, of: Loop) -> Block {
        self.loops[of].header
    }

    /// The loop directly around a loop.
    #[must_use]
    pub fn parent(&self, of: Loop) -> Option<Loop> {
        self.loops[of].parent.expand()
    }

    /// The innermost loop that a block belongs to; a header belongs to its own loop.
    #[must_use]
    pub fn innermost(&self, block: Block) -> Option<Loop> {
        self.innermost[block].expand()
    }

    /// Whether a block belongs to a loop or to one inside it.
    #[must_use]
    pub fn contains(&self, outer: Loop, block: Block) -> bool {
        let mut at = self.innermost(block);
        while let Some(l) = at {
            if l == outer {
                return true;
            }
            at = self.parent(l);
        }
        false
    }

    /// The loop that a block is the header of.
    #[must_use]
    pub fn headed_by(&self, block: Block) -> Option<Loop> {
        self.innermost(block).filter(|&l| self.header(l) == block)
    }

    /// How many loops a block is inside of.
    #[must_use]
    pub fn depth(&self, block: Block) -> u32 {
        self.innermost(block).map_or(0, |l| self.loops[l].depth)
    }

    /// Whether there is a cycle with several entries.
    #[must_use]
    pub fn is_irreducible(&self) -> bool {
        self.irreducible
    }
}
