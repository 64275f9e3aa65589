//! Where `break`, `continue`, `goto` and `fallthrough` go (*Labeled statements* and those behind it).

use polkago_ir::Block;
use polkago_syntax::Name;
use rustc_hash::FxHashMap;

/// A statement that can be left.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    /// Its label.
    pub label: Option<Name>,
    /// Behind it.
    pub brk: Block,
    /// The next iteration of a loop.
    pub cont: Option<Block>,
}

/// Branch targets of one function.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    /// Enclosing statements, the innermost last.
    pub targets: Vec<Target>,
    /// The blocks of labels that `goto` uses.
    pub labels: FxHashMap<Name, Block>,
    /// The label of the statement that follows.
    pub label: Option<Name>,
    /// Where `fallthrough` goes.
    pub fallthrough: Option<Block>,
}

impl Flow {
    /// Where a `break` or `continue` goes.
    pub fn find(&self, label: Option<Name>, cont: bool) -> Option<Block> {
        self.targets.iter().rev().find_map(|t| match label {
            Some(_) if t.label != label => None,
            _ if cont => t.cont,
            _ => Some(t.brk),
        })
    }
}
