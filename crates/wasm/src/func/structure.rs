//! Control flow graph to structured control flow, after Ramsey, *Beyond Relooper: Recursive Translation of
//! Unstructured Control Flow to Structured Control Flow* (ICFP 2022); decision record 0008.
//!
//! The graph is reducible here (see [`normalise`](super::normalise)). Blocks are placed along the dominator tree:
//!
//! - A *merge node*, which several forward edges reach, is placed behind a Wasm `block` that encloses the code of
//!   its immediate dominator; forward edges branch to the end of that `block`.
//! - A loop header is wrapped, with all it dominates, in a `loop`; back edges branch to its start.
//! - Any other block has one predecessor and is placed where that one jumps to it.
//!
//! Each place knows its *follow*: what runs when control falls off its end. A branch to that is left out, and the
//! constructs are chosen to make this happen often: `if` with two arms where both reach the follow, `if` with one
//! arm that never comes back otherwise, `br_if` for bare branches.
//!
//! The result is a list of [`Item`]s. There is no recursion: source code may nest as deep as it likes.

use crate::code::Label;
use cranelift_entity::{EntityRef, SecondaryMap};
use polkago_ir::{Block, BlockCall, Cfg, Dominators, Function, InstData};

/// A step of structured code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// The instructions of a block, without its terminator.
    Body(Block),
    /// `block`
    Block(Label),
    /// `loop`; `tail` if control leaves the function when it falls off the end, with the results on the stack.
    Loop {
        /// Where back edges branch to.
        label: Label,
        /// See above.
        tail: bool,
    },
    /// `if` on the condition of the block's terminator.
    If {
        /// The block.
        block: Block,
        /// Whether the condition is inverted.
        negate: bool,
        /// As for a loop.
        tail: bool,
    },
    /// `else`
    Else,
    /// `end`
    End,
    /// The copies into the parameters of the target, on the edge with that number.
    Edge(Block, usize),
    /// `br`
    Br(Label),
    /// `br_if` on the condition of the block's terminator.
    BrIf {
        /// The block.
        block: Block,
        /// Whether the condition is inverted.
        negate: bool,
        /// The target.
        label: Label,
    },
    /// `br_table` on the index of the block's terminator: labels of its targets, the default last.
    Table(Block, Vec<Label>),
    /// The block's terminator leaves the function; `tail` as for a loop.
    Leave {
        /// The block.
        block: Block,
        /// See above.
        tail: bool,
    },
}

/// What runs when control falls off the end of a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Follow {
    /// Control must not come there.
    Nowhere,
    /// The end of the function.
    Exit,
    /// A merge node.
    At(Label),
}

/// What remains to be done; the last entry first.
enum Work {
    Tree(Block, Follow),
    Node(Block, Follow),
    Arm(Block, usize, Follow),
    Item(Item),
}

/// Where an edge leads.
enum Target {
    /// A branch.
    Label(Label),
    /// A block that is placed here.
    Inline(Block),
}

struct Structurer<'a> {
    func: &'a Function,
    cfg: &'a Cfg,
    dominators: &'a Dominators,
    /// Forward edges into each block; those of a `br_table` count twice, because it needs labels.
    forward: SecondaryMap<Block, u32>,
    headers: SecondaryMap<Block, bool>,
    items: Vec<Item>,
    work: Vec<Work>,
}

/// The label of a block as a merge node.
fn merge_label(block: Block) -> Label {
    Label::new(block.index() * 2)
}

/// The label of a block as a loop header.
fn loop_label(block: Block) -> Label {
    Label::new(block.index() * 2 + 1)
}

/// The smallest number above all labels of a function.
pub fn label_bound(func: &Function) -> usize {
    func.blocks.len() * 2
}

/// Structures a function without irreducible loops and without arguments on `br_table`.
pub fn structure(func: &Function, cfg: &Cfg, dominators: &Dominators) -> Vec<Item> {
    let mut s = Structurer {
        func,
        cfg,
        dominators,
        forward: SecondaryMap::new(),
        headers: SecondaryMap::new(),
        items: Vec::new(),
        work: Vec::new(),
    };
    for block in cfg.rpo() {
        let data = s.terminator(block);
        let weight = match data {
            InstData::BrTable { .. } => 2,
            _ => 1,
        };
        for target in data.targets() {
            if s.is_back_edge(block, target.block) {
                s.headers[target.block] = true;
            } else {
                s.forward[target.block] += weight;
            }
        }
    }
    s.work.push(Work::Tree(func.entry(), Follow::Exit));
    while let Some(work) = s.work.pop() {
        match work {
            Work::Tree(block, follow) => s.tree(block, follow),
            Work::Node(block, follow) => s.node(block, follow),
            Work::Arm(from, edge, follow) => s.arm(from, edge, follow),
            Work::Item(item) => s.items.push(item),
        }
    }
    s.items
}

impl<'a> Structurer<'a> {
    fn terminator(&self, block: Block) -> &'a InstData {
        let inst = self.func.terminator(block);
        &self.func.insts[inst.expect("a verified block has a terminator")]
    }

    fn is_back_edge(&self, from: Block, to: Block) -> bool {
        self.cfg.rpo_number(to) <= self.cfg.rpo_number(from)
    }

    fn is_merge(&self, block: Block) -> bool {
        self.forward[block] > 1
    }

    /// The merge nodes among the blocks that `block` dominates immediately, in reverse postorder, but those that
    /// trap or leave early at the end: so they do not stand between others, of which one may fall into the next.
    fn merges(&self, block: Block) -> impl DoubleEndedIterator<Item = Block> + '_ {
        let merges = move |cold: bool| {
            let children = self.dominators.children(block).iter().copied();
            let children = children.filter(|&b| self.is_merge(b));
            let is_cold =
                |b| matches!(self.terminator(b), InstData::Trap(_) | InstData::ReturnExit);
            children.filter(move |&b| is_cold(b) == cold)
        };
        merges(false).chain(merges(true))
    }

    fn edge(&self, from: Block, edge: usize) -> &'a BlockCall {
        let mut targets = self.terminator(from).targets();
        targets.nth(edge).expect("an edge of this terminator")
    }

    fn target(&self, from: Block, to: Block) -> Target {
        if self.is_back_edge(from, to) {
            Target::Label(loop_label(to))
        } else if self.is_merge(to) {
            Target::Label(merge_label(to))
        } else {
            Target::Inline(to)
        }
    }

    /// A block and all that it dominates.
    fn tree(&mut self, block: Block, follow: Follow) {
        let is_loop = self.headers[block];
        if is_loop {
            self.items.push(Item::Loop {
                label: loop_label(block),
                tail: follow == Follow::Exit,
            });
            self.work.push(Work::Item(Item::End));
        }
        // The merge node that stands last is the outermost `block`, and its tree what the others fall into.
        let mut after = follow;
        let merges: Vec<Block> = self.merges(block).collect();
        for &merge in merges.iter().rev() {
            let label = merge_label(merge);
            self.items.push(Item::Block(label));
            self.work.push(Work::Tree(merge, after));
            self.work.push(Work::Item(Item::End));
            after = Follow::At(label);
        }
        self.work.push(Work::Node(block, after));
    }

    /// A block and what is placed inside its own `block`s.
    fn node(&mut self, block: Block, follow: Follow) {
        self.items.push(Item::Body(block));
        match self.terminator(block) {
            InstData::Jump(_) => self.work.push(Work::Arm(block, 0, follow)),
            InstData::Brif { .. } => self.conditional(block, follow),
            InstData::BrTable { .. } => {
                let targets = self.terminator(block).targets();
                let labels = targets.map(|t| match self.target(block, t.block) {
                    Target::Label(label) => label,
                    Target::Inline(_) => unreachable!("targets of a `br_table` are merge nodes"),
                });
                let item = Item::Table(block, labels.collect());
                self.items.push(item);
            }
            _ => self.items.push(Item::Leave {
                block,
                tail: follow == Follow::Exit,
            }),
        }
    }

    /// What an edge leads to: copies, then a branch or the target itself.
    fn arm(&mut self, from: Block, edge: usize, follow: Follow) {
        let call = self.edge(from, edge);
        if !call.args.is_empty() {
            self.items.push(Item::Edge(from, edge));
        }
        match self.target(from, call.block) {
            Target::Label(label) if follow == Follow::At(label) => {}
            Target::Label(label) => self.items.push(Item::Br(label)),
            Target::Inline(block) => self.work.push(Work::Tree(block, follow)),
        }
    }

    /// The label of an edge that is nothing but a branch.
    fn bare_branch(&self, from: Block, edge: usize) -> Option<Label> {
        let call = self.edge(from, edge);
        match self.target(from, call.block) {
            Target::Label(label) if call.args.is_empty() => Some(label),
            Target::Label(_) | Target::Inline(_) => None,
        }
    }

    /// Whether a bare branch to the follow is better left out, inside an `if`, than made a `br_if`: one byte more,
    /// but the `block` of the label (three bytes) goes when all are.
    fn better_omitted(&self, from: Block, edge: usize, follow: Follow) -> bool {
        match self.bare_branch(from, edge) {
            Some(label) => {
                follow == Follow::At(label) && self.forward[self.edge(from, edge).block] <= 4
            }
            None => false,
        }
    }

    fn conditional(&mut self, block: Block, follow: Follow) {
        const THEN: usize = 0;
        const ELSE: usize = 1;
        for (edge, other) in [(THEN, ELSE), (ELSE, THEN)] {
            let negate = edge == ELSE;
            if self.better_omitted(block, edge, follow) {
                // Only the other arm has something to do.
                if let Some(label) = self.bare_branch(block, other) {
                    let negate = !negate;
                    self.items.push(Item::BrIf {
                        block,
                        negate,
                        label,
                    });
                    return;
                }
                self.items.push(Item::If {
                    block,
                    negate: !negate,
                    tail: false,
                });
                self.work.push(Work::Item(Item::End));
                self.work.push(Work::Arm(block, other, follow));
                return;
            }
        }
        for (edge, other) in [(THEN, ELSE), (ELSE, THEN)] {
            if let Some(label) = self.bare_branch(block, edge)
                && follow != Follow::At(label)
            {
                self.items.push(Item::BrIf {
                    block,
                    negate: edge == ELSE,
                    label,
                });
                self.work.push(Work::Arm(block, other, follow));
                return;
            }
        }
        let then_falls = self.falls(block, THEN, follow);
        let else_falls = self.falls(block, ELSE, follow);
        if then_falls && else_falls {
            self.items.push(Item::If {
                block,
                negate: false,
                tail: follow == Follow::Exit,
            });
            self.work.push(Work::Item(Item::End));
            self.work.push(Work::Arm(block, ELSE, follow));
            self.work.push(Work::Item(Item::Else));
            self.work.push(Work::Arm(block, THEN, follow));
            return;
        }
        // One arm inside the `if`, where it never comes back; the other one behind it.
        let inner_is_else = then_falls || (!else_falls && self.is_short(block, ELSE));
        let (inner, outer) = if inner_is_else {
            (ELSE, THEN)
        } else {
            (THEN, ELSE)
        };
        self.items.push(Item::If {
            block,
            negate: inner_is_else,
            tail: false,
        });
        self.work.push(Work::Arm(block, outer, follow));
        self.work.push(Work::Item(Item::End));
        self.work.push(Work::Arm(block, inner, Follow::Nowhere));
    }

    /// Whether the arm leaves the function, or branches, at once, while the other one does not.
    fn is_short(&self, from: Block, edge: usize) -> bool {
        let ends = |edge| match self.target(from, self.edge(from, edge).block) {
            Target::Label(_) => true,
            Target::Inline(block) => {
                matches!(
                    self.terminator(block),
                    InstData::Return(_) | InstData::ReturnExit | InstData::Trap(_)
                )
            }
        };
        ends(edge) && !ends(1 - edge)
    }

    /// Whether control may reach `follow` by falling off the end of an arm. A wrong answer costs bytes, nothing
    /// else; so the search gives up after some steps.
    fn falls(&self, from: Block, edge: usize, follow: Follow) -> bool {
        let mut fuel = 32;
        let mut pending = vec![(from, edge)];
        while let Some((from, edge)) = pending.pop() {
            let mut block = match self.target(from, self.edge(from, edge).block) {
                Target::Label(label) if follow == Follow::At(label) => return true,
                Target::Label(_) => continue,
                Target::Inline(block) => block,
            };
            // The last merge node of a tree is what stands at its end.
            while let Some(last) = self.merges(block).next_back() {
                block = last;
            }
            fuel -= 1;
            if fuel == 0 {
                return true;
            }
            match self.terminator(block) {
                InstData::Jump(_) => pending.push((block, 0)),
                InstData::Brif { .. } => pending.extend([(block, 1), (block, 0)]),
                InstData::Return(_) | InstData::ReturnExit if follow == Follow::Exit => {
                    return true;
                }
                _ => {}
            }
        }
        false
    }
}
