//! What branches say of the order of values.

use polkago_ir::{BinaryOp, Block, Cfg, Function, InstData, Type, UnaryOp, Value, ValueDef};
use rustc_hash::FxHashMap;

/// A relation of two numbers, or of one to a constant.
#[derive(Clone, Copy, Debug)]
pub enum Relation {
    /// `a` is less than `b`.
    Less {
        /// The smaller one.
        a: Value,
        /// The greater one.
        b: Value,
        /// In signed order; else in unsigned.
        signed: bool,
        /// They are different.
        strict: bool,
    },
    /// They are the same.
    Equal(Value, Value),
    /// They are not.
    Different(Value, Value),
    /// It is zero.
    Zero(Value),
    /// It is not.
    NotZero(Value),
}

impl Relation {
    /// What a condition that holds, or does not, says of i32 values.
    pub fn of(func: &Function, cond: Value, holds: bool) -> Option<Self> {
        use BinaryOp as B;
        let of_value = |value, holds: bool| {
            if func.value_type(value) != Type::I32 {
                return None;
            }
            Some(if holds {
                Self::NotZero(value)
            } else {
                Self::Zero(value)
            })
        };
        let ValueDef::Result(inst, _) = func.values[cond].def else {
            return of_value(cond, holds);
        };
        let (op, x, y) = match func.insts[inst] {
            InstData::Binary { op, x, y } if op.is_comparison() => (op, x, y),
            InstData::Unary {
                op: UnaryOp::Eqz,
                x,
                ..
            } => return of_value(x, !holds),
            _ => return of_value(cond, holds),
        };
        if func.value_type(x) != Type::I32 {
            return None;
        }
        let op = if holds { op } else { op.inverted()? };
        let less = |a, b, signed, strict| Self::Less {
            a,
            b,
            signed,
            strict,
        };
        Some(match op {
            B::LtS => less(x, y, true, true),
            B::LeS => less(x, y, true, false),
            B::GtS => less(y, x, true, true),
            B::GeS => less(y, x, true, false),
            B::LtU => less(x, y, false, true),
            B::LeU => less(x, y, false, false),
            B::GtU => less(y, x, false, true),
            B::GeU => less(y, x, false, false),
            B::Eq => Self::Equal(x, y),
            B::Ne => Self::Different(x, y),
            _ => return None,
        })
    }

    /// Whether a value is one of the numbers.
    pub fn is_about(self, value: Value) -> bool {
        let (a, b) = self.values();
        a == value || b == Some(value)
    }

    fn values(self) -> (Value, Option<Value>) {
        match self {
            Self::Less { a, b, .. } => (a, Some(b)),
            Self::Equal(a, b) | Self::Different(a, b) => (a, Some(b)),
            Self::Zero(a) | Self::NotZero(a) => (a, None),
        }
    }
}

/// The relations of a function, by value.
#[derive(Default)]
pub struct Relations {
    /// What is known of a value in and below a block.
    known: FxHashMap<Value, Vec<(Block, Relation)>>,
}

impl Relations {
    /// What the branches say that alone lead to a block.
    pub fn new(func: &Function, cfg: &Cfg) -> Self {
        let mut relations = Self::default();
        for &block in &func.layout {
            let &[pred] = cfg.preds(block) else {
                continue;
            };
            let Some(inst) = func.terminator(pred) else {
                continue;
            };
            if let InstData::Brif { cond, then, els } = &func.insts[inst]
                && then.block != els.block
                && let Some(relation) = Relation::of(func, *cond, then.block == block)
            {
                let (a, b) = relation.values();
                for value in [Some(a), b].into_iter().flatten() {
                    let known = relations.known.entry(value).or_default();
                    known.push((block, relation));
                }
            }
        }
        relations
    }

    /// What is said of a value, and in and below which blocks.
    pub fn of(&self, value: Value) -> &[(Block, Relation)] {
        self.known.get(&value).map_or(&[], Vec::as_slice)
    }
}
