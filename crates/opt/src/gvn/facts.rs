//! What branches teach.

use super::counters::{is_nonnegative, signed_less};
use cranelift_entity::EntitySet;
use polkago_ir::{
    Aliases, BinaryOp, Block, Cfg, Dominators, Function, InstData, Type, UnaryOp, Value, ValueDef,
};
use rustc_hash::FxHashMap;

/// What something is known about.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Fact {
    /// A value.
    Value(Value),
    /// What a test for zero gives.
    IsZero(Value),
    /// What a comparison of these operands gives, if it is written as [`comparison`] does.
    Comparison(BinaryOp, Value, Value),
}

/// What is known in which blocks.
pub struct Facts<'a> {
    dominators: &'a Dominators,
    /// i32 values and operations that are this number in and below a block.
    known: FxHashMap<Fact, (i32, Block)>,
    /// Values that equal another one, a constant or an older value, in and below a block.
    equal: FxHashMap<Value, (Value, Block)>,
    /// Values that are never negative.
    counters: EntitySet<Value>,
}

impl<'a> Facts<'a> {
    /// Nothing known but that `counters` are never negative.
    pub fn new(dominators: &'a Dominators, counters: EntitySet<Value>) -> Self {
        Self {
            dominators,
            known: FxHashMap::default(),
            equal: FxHashMap::default(),
            counters,
        }
    }

    /// Records what the one branch to a block says. Operands are taken as they are now.
    pub fn learn(&mut self, func: &Function, cfg: &Cfg, aliases: &mut Aliases, block: Block) {
        let &[pred] = cfg.preds(block) else {
            return;
        };
        let Some(inst) = func.terminator(pred) else {
            return;
        };
        match &func.insts[inst] {
            InstData::Brif { cond, then, els } if then.block != els.block => {
                let cond = aliases.resolve(*cond);
                self.learn_condition(func, aliases, cond, then.block == block, block);
            }
            InstData::BrTable {
                index,
                targets,
                default,
            } if default.block != block => {
                let mut places = (0..).zip(targets).filter(|(_, t)| t.block == block);
                if let (Some((n, _)), None) = (places.next(), places.next()) {
                    let index = aliases.resolve(*index);
                    self.known.insert(Fact::Value(index), (n, block));
                }
            }
            _ => {}
        }
    }

    fn learn_condition(
        &mut self,
        func: &Function,
        aliases: &mut Aliases,
        cond: Value,
        holds: bool,
        block: Block,
    ) {
        self.known
            .insert(Fact::IsZero(cond), ((!holds).into(), block));
        let def = match func.values[cond].def {
            ValueDef::Result(inst, _) => Some(&func.insts[inst]),
            ValueDef::Param(..) => None,
        };
        let is_test = match def {
            Some(&InstData::Binary { op, x, y }) if op.is_comparison() => {
                let (x, y) = (aliases.resolve(x), aliases.resolve(y));
                if matches!((op, holds), (BinaryOp::Eq, true) | (BinaryOp::Ne, false)) {
                    self.learn_equality(func, x, y, block);
                }
                self.learn_comparison(op, x, y, holds, block);
                for &(op, holds) in implied(op, holds) {
                    self.learn_comparison(op, x, y, holds, block);
                }
                true
            }
            Some(InstData::Unary {
                op: UnaryOp::Eqz, ..
            }) => true,
            _ => false,
        };
        if is_test || !holds {
            self.known.insert(Fact::Value(cond), (holds.into(), block));
        }
        if let Some((x, y)) = signed_less(func, cond, holds) {
            let (x, y) = (aliases.resolve(x), aliases.resolve(y));
            if self.counters.contains(x) || is_nonnegative(func, x) {
                self.learn_comparison(BinaryOp::LtU, x, y, true, block);
                for &(op, holds) in implied(BinaryOp::LtU, true) {
                    self.learn_comparison(op, x, y, holds, block);
                }
            }
        }
    }

    /// Records that two values are the same number, or one of them a constant. Of two references that are equal neither
    /// stands for the other: each keeps its own object alive.
    fn learn_equality(&mut self, func: &Function, x: Value, y: Value, block: Block) {
        let (x, y) = (self.representative(x, block), self.representative(y, block));
        let (old, new) = match (is_constant(func, x), is_constant(func, y)) {
            (false, true) => (x, y),
            (true, false) => (y, x),
            (false, false) if func.value_type(x) != Type::Ref && x != y => (x.max(y), x.min(y)),
            (false, false) | (true, true) => return,
        };
        self.equal.insert(old, (new, block));
    }

    /// Records a comparison.
    fn learn_comparison(&mut self, op: BinaryOp, x: Value, y: Value, holds: bool, block: Block) {
        let (fact, opposite) = comparison(op, x, y);
        self.known.insert(fact, ((holds != opposite).into(), block));
    }

    /// What a comparison or a test for zero gives in a block, if that is known.
    pub fn test(&self, data: &InstData, block: Block) -> Option<i32> {
        match *data {
            InstData::Binary { op, x, y } if op.is_comparison() => {
                let (fact, opposite) = comparison(op, x, y);
                Some(self.get(&fact, block)? ^ i32::from(opposite))
            }
            InstData::Unary {
                op: UnaryOp::Eqz,
                x,
                ..
            } => self.get(&Fact::IsZero(x), block),
            _ => None,
        }
    }

    /// The value that stands for one in a block, because they are equal there.
    pub fn representative(&self, mut v: Value, block: Block) -> Value {
        if self.equal.is_empty() {
            return v;
        }
        // Each step leads to an older value, or to a constant.
        while let Some(&(other, at)) = self.equal.get(&v)
            && self.dominators.dominates(at, block)
        {
            v = other;
        }
        v
    }

    /// The value of an index, if that is known.
    pub fn index(&self, v: Value, block: Block) -> Option<i32> {
        self.get(&Fact::Value(v), block)
    }

    /// Whether a condition holds, if that is known.
    pub fn condition(&self, v: Value, block: Block) -> Option<bool> {
        let value = self.get(&Fact::Value(v), block).map(|n| n != 0);
        value.or_else(|| Some(self.get(&Fact::IsZero(v), block)? == 0))
    }

    fn get(&self, fact: &Fact, block: Block) -> Option<i32> {
        let &(n, at) = self.known.get(fact)?;
        self.dominators.dominates(at, block).then_some(n)
    }
}

/// Whether a value is a number, null, or the address of static data.
fn is_constant(func: &Function, v: Value) -> bool {
    match func.values[v].def {
        ValueDef::Result(inst, _) => func.insts[inst].is_rematerializable(),
        ValueDef::Param(..) => false,
    }
}

/// The one comparison that decides one and all the ways in which that may be written, and whether it is its opposite.
fn comparison(op: BinaryOp, x: Value, y: Value) -> (Fact, bool) {
    use BinaryOp as B;
    let (op, x, y, opposite) = match op {
        B::GtS => (B::LtS, y, x, false),
        B::LeS => (B::LtS, y, x, true),
        B::GeS => (B::LtS, x, y, true),
        B::GtU => (B::LtU, y, x, false),
        B::LeU => (B::LtU, y, x, true),
        B::GeU => (B::LtU, x, y, true),
        B::Ne => (B::Eq, x.min(y), x.max(y), true),
        B::Fne => (B::Feq, x.min(y), x.max(y), true),
        B::Eq | B::Feq => (op, x.min(y), x.max(y), false),
        // With NaN neither holds.
        B::Fgt => (B::Flt, y, x, false),
        B::Fge => (B::Fle, y, x, false),
        _ => (op, x, y, false),
    };
    (Fact::Comparison(op, x, y), opposite)
}

/// Comparisons of the same operands, in the same order, that are decided by one that holds or does not: as few as
/// say all.
fn implied(op: BinaryOp, holds: bool) -> &'static [(BinaryOp, bool)] {
    use BinaryOp as B;
    match (op, holds) {
        (B::LtS, true) | (B::GeS, false) => &[(B::GtS, false), (B::Ne, true)],
        (B::GtS, true) | (B::LeS, false) => &[(B::LtS, false), (B::Ne, true)],
        (B::LtU, true) | (B::GeU, false) => &[(B::GtU, false), (B::Ne, true)],
        (B::GtU, true) | (B::LeU, false) => &[(B::LtU, false), (B::Ne, true)],
        (B::Eq, true) | (B::Ne, false) => &[
            (B::LtS, false),
            (B::GtS, false),
            (B::LtU, false),
            (B::GtU, false),
        ],
        _ => &[],
    }
}
