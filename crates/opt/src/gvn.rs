//! Global value numbering: an operation that was computed before, on each path to here, is not computed again.
//!
//! One walk over the dominator tree in preorder, with a table from operations to their value. An entry serves where
//! its block dominates; one that does not is overwritten, which loses nothing, because the walk has left the subtree
//! in which it was of use. Operands are rewritten first, so equal operations are equal as data.
//!
//! Branches teach: behind `brif` the condition is known in the block that only this branch leads to. If it is a
//! comparison, so are the comparison with swapped operands and those with the opposite result. So a bounds check
//! that repeats a dominating one, or that a dominating condition implies, is folded.
//!
//! Loads are merged inside a block, as long as nothing is written in between.
//!
//! Cost: linear, apart from hashing.

use crate::pass::{FunctionPass, Program};
use polkago_ir::{
    Aliases, BinaryOp, Block, Cfg, Dominators, Effect, Function, Inst, InstData, Type, UnaryOp,
    Value,
};
use rustc_hash::FxHashMap;

/// The pass. See the module documentation.
pub struct Gvn;

impl FunctionPass for Gvn {
    fn name(&self) -> &'static str {
        "gvn"
    }

    fn run(&self, func: &mut Function, _program: &Program<'_>) -> bool {
        let cfg = Cfg::new(func);
        let dominators = Dominators::new(&cfg);
        let mut gvn = Numbering {
            dominators: &dominators,
            values: FxHashMap::default(),
            facts: FxHashMap::default(),
            reads: FxHashMap::default(),
            aliases: Aliases::new(),
            changed: false,
        };
        for &block in dominators.preorder() {
            gvn.learn(func, &cfg, block);
            gvn.block(func, block);
        }
        let Numbering {
            mut aliases,
            changed,
            ..
        } = gvn;
        aliases.apply(func);
        changed
    }
}

struct Numbering<'a> {
    dominators: &'a Dominators,
    /// Operations, with their value and its block.
    values: FxHashMap<InstData, (Value, Block)>,
    /// i32 operations whose value is known to be this number below a block.
    facts: FxHashMap<Fact, (i32, Block)>,
    /// Reads of this block that still hold.
    reads: FxHashMap<InstData, Value>,
    aliases: Aliases,
    changed: bool,
}

/// What something is known about.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Fact {
    /// A value.
    Value(Value),
    /// What a comparison, or a test for zero, of these operands gives.
    Test(InstData),
}

impl Numbering<'_> {
    /// Records what the one branch to a block says.
    fn learn(&mut self, func: &Function, cfg: &Cfg, block: Block) {
        let &[pred] = cfg.preds(block) else {
            return;
        };
        let Some(inst) = func.terminator(pred) else {
            return;
        };
        match &func.insts[inst] {
            InstData::Brif { cond, then, els } if then.block != els.block => {
                let cond = self.aliases.resolve(*cond);
                self.learn_condition(func, cond, then.block == block, block);
            }
            InstData::BrTable {
                index,
                targets,
                default,
            } if default.block != block => {
                let mut places = (0..).zip(targets).filter(|(_, t)| t.block == block);
                if let (Some((n, _)), None) = (places.next(), places.next()) {
                    let index = self.aliases.resolve(*index);
                    self.facts.insert(Fact::Value(index), (n, block));
                }
            }
            _ => {}
        }
    }

    fn learn_condition(&mut self, func: &Function, cond: Value, holds: bool, block: Block) {
        let mut fact = |data: InstData, holds: bool| {
            self.facts.insert(Fact::Test(data), (holds.into(), block));
        };
        let zero = InstData::Unary {
            op: UnaryOp::Eqz,
            x: cond,
            ty: Type::I32,
        };
        fact(zero, !holds);
        let polkago_ir::ValueDef::Result(def, _) = func.values[cond].def else {
            if !holds {
                self.facts.insert(Fact::Value(cond), (0, block));
            }
            return;
        };
        match func.insts[def] {
            InstData::Binary { op, x, y } if op.is_comparison() => {
                let (x, y) = (self.aliases.resolve(x), self.aliases.resolve(y));
                let mut fact = |op: Option<BinaryOp>, x: Value, y: Value, holds: bool| {
                    if let Some(op) = op {
                        let data = InstData::Binary { op, x, y };
                        self.facts.insert(Fact::Test(data), (holds.into(), block));
                    }
                };
                let mut both = |op: Option<BinaryOp>, holds: bool| {
                    fact(op, x, y, holds);
                    fact(op.and_then(BinaryOp::swapped), y, x, holds);
                };
                both(Some(op), holds);
                both(op.inverted(), !holds);
                for (implied, implied_holds) in implied(op, holds) {
                    both(Some(*implied), *implied_holds);
                }
                self.facts.insert(Fact::Value(cond), (holds.into(), block));
            }
            InstData::Unary {
                op: UnaryOp::Eqz, ..
            } => {
                self.facts.insert(Fact::Value(cond), (holds.into(), block));
            }
            // Any other number that is not zero.
            _ => {
                if !holds {
                    self.facts.insert(Fact::Value(cond), (0, block));
                }
            }
        }
    }

    fn block(&mut self, func: &mut Function, block: Block) {
        self.reads.clear();
        let insts = std::mem::take(&mut func.blocks[block].insts);
        let mut kept = Vec::with_capacity(insts.len());
        for inst in insts {
            if !self.aliases.is_empty() {
                func.insts[inst].map_operands(|v| self.aliases.resolve(v));
            }
            match self.known(func, inst, block) {
                Some(value) => {
                    self.aliases.replace(func.results[inst][0], value);
                    self.changed = true;
                }
                None => kept.push(inst),
            }
        }
        func.blocks[block].insts = kept;
    }

    /// The value that an instruction gives, if it exists already. Otherwise the instruction is kept in mind, or
    /// turned into a constant.
    fn known(&mut self, func: &mut Function, inst: Inst, block: Block) -> Option<Value> {
        match func.insts[inst].effect() {
            Effect::Pure | Effect::Trapping => {}
            Effect::Reading => return self.known_read(func, inst),
            Effect::Binding => {
                self.write(func, inst);
                self.use_condition(func, inst, block);
                return None;
            }
        }
        let data = &func.insts[inst];
        if let Some(n) = self.fact(Fact::Test(data.clone()), block) {
            func.insts[inst] = InstData::I32Const(n);
            self.changed = true;
        }
        let key = canonical(&func.insts[inst]);
        let result = func.results[inst][0];
        match self.values.get(&key) {
            Some(&(value, at)) if self.dominators.dominates(at, block) => Some(value),
            Some(_) | None => {
                self.values.insert(key, (result, block));
                None
            }
        }
    }

    /// What is known here about something.
    fn fact(&self, fact: Fact, block: Block) -> Option<i32> {
        let &(n, at) = self.facts.get(&fact)?;
        self.dominators.dominates(at, block).then_some(n)
    }

    /// Turns a branch on a known condition into a jump.
    fn use_condition(&mut self, func: &mut Function, inst: Inst, block: Block) {
        let new = match &func.insts[inst] {
            InstData::Brif { cond, then, els } => {
                let known = self.fact(Fact::Value(*cond), block).or_else(|| {
                    // Known to be not zero, that is, its test is known to be false.
                    let test = InstData::Unary {
                        op: UnaryOp::Eqz,
                        x: *cond,
                        ty: Type::I32,
                    };
                    self.fact(Fact::Test(test), block).map(|zero| 1 - zero)
                });
                match known {
                    Some(0) => els.clone(),
                    Some(_) => then.clone(),
                    None => return,
                }
            }
            InstData::BrTable {
                index,
                targets,
                default,
            } => match self.fact(Fact::Value(*index), block) {
                Some(n) => targets.get(n as u32 as usize).unwrap_or(default).clone(),
                None => return,
            },
            _ => return,
        };
        func.insts[inst] = InstData::Jump(new);
        self.changed = true;
    }

    fn known_read(&mut self, func: &Function, inst: Inst) -> Option<Value> {
        match self.reads.get(&func.insts[inst]) {
            Some(&value) => Some(value),
            None => {
                let result = func.results[inst][0];
                self.reads.insert(func.insts[inst].clone(), result);
                None
            }
        }
    }

    /// Forgets reads that an instruction may change.
    fn write(&mut self, func: &Function, inst: Inst) {
        match &func.insts[inst] {
            InstData::Store {
                mem,
                addr,
                value,
                offset,
            } => {
                let (mem, addr, offset) = (*mem, *addr, *offset);
                let (start, end) = (u64::from(offset), u64::from(offset) + u64::from(mem.size()));
                // The same base at another place is not written; another base may be.
                self.reads.retain(|read, _| match read {
                    InstData::Load {
                        mem: m,
                        addr: a,
                        offset: o,
                    } => {
                        *a == addr
                            && (u64::from(*o) + u64::from(m.size()) <= start
                                || u64::from(*o) >= end)
                    }
                    _ => true,
                });
                // What was stored is what is read, unless it is cut.
                if let polkago_ir::MemType::Full(_) = mem {
                    self.reads
                        .insert(InstData::Load { mem, addr, offset }, *value);
                }
            }
            InstData::GlobalSet { global, value } => {
                let key = InstData::GlobalGet {
                    global: *global,
                    ty: func.value_type(*value),
                };
                self.reads.insert(key, *value);
            }
            InstData::MemCopy { .. } | InstData::MemFill { .. } => {
                self.reads
                    .retain(|read, _| !matches!(read, InstData::Load { .. }));
            }
            InstData::Call { .. } | InstData::CallIndirect { .. } | InstData::MemoryGrow(_) => {
                self.reads.clear();
            }
            _ => {}
        }
    }
}

/// Comparisons of the same operands, in the same order, that are decided by one that holds or does not.
fn implied(op: BinaryOp, holds: bool) -> &'static [(BinaryOp, bool)] {
    use BinaryOp as B;
    // The opposites of these are looked up as well, but `inverted` gives them only for the first.
    match (op, holds) {
        (B::LtS, true) | (B::GeS, false) => &[
            (B::LeS, true),
            (B::GtS, false),
            (B::Ne, true),
            (B::Eq, false),
        ],
        (B::GtS, true) | (B::LeS, false) => &[
            (B::GeS, true),
            (B::LtS, false),
            (B::Ne, true),
            (B::Eq, false),
        ],
        (B::LtU, true) | (B::GeU, false) => &[
            (B::LeU, true),
            (B::GtU, false),
            (B::Ne, true),
            (B::Eq, false),
        ],
        (B::GtU, true) | (B::LeU, false) => &[
            (B::GeU, true),
            (B::LtU, false),
            (B::Ne, true),
            (B::Eq, false),
        ],
        (B::Eq, true) | (B::Ne, false) => &[
            (B::LeS, true),
            (B::GeS, true),
            (B::LtS, false),
            (B::GtS, false),
            (B::LeU, true),
            (B::GeU, true),
            (B::LtU, false),
            (B::GtU, false),
        ],
        _ => &[],
    }
}

/// The operation with operands in a fixed order, where the order does not matter.
fn canonical(data: &InstData) -> InstData {
    match *data {
        InstData::Binary { op, x, y } if op.is_commutative() && y < x => {
            InstData::Binary { op, x: y, y: x }
        }
        _ => data.clone(),
    }
}
