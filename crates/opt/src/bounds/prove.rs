//! Proofs that a number is at most, or at least, another one plus a constant.
//!
//! A question is asked at a place: in a block, and perhaps on an edge out of it. Values are taken as they are when
//! control is there, numbers as signed ones. An answer follows from what branches above the place say of a value, from
//! its definition, or, for a parameter of a block, from the answers for its arguments on each edge. On the way around a
//! loop the same parameter is met again, as it was one iteration before: what is to be shown may be supposed of it, which
//! is induction over iterations. So it is only there that a question may lead back to itself.
//!
//! Induction needs that the other number is the same one in all iterations. It is if it is defined above the block of
//! the parameter; otherwise the parameter's arguments are not looked at.
//!
//! Sums wrap around. `x + 1` is at most `x` plus 1, wrapped or not, but it is at least `x` plus 1 only where `x` is not
//! the greatest number, which is a question of its own; and the other way around for `x - 1`.

use super::Check;
use super::relations::{Relation, Relations};
use crate::fold::int;
use cranelift_entity::SecondaryMap;
use polkago_ir::{
    BinaryOp, Block, Cfg, Dominators, Function, InstData, MemType, Type, UnaryOp, Value, ValueDef,
};
use rustc_hash::FxHashMap;

const MIN: i64 = i32::MIN as i64;
const MAX: i64 = i32::MAX as i64;

/// How many steps a check is worth.
const STEPS: u32 = 256;
/// How many steps may follow each other.
const DEPTH: u32 = 32;

/// Where control is.
#[derive(Clone, Copy)]
struct At {
    /// At the end of this block, or above it.
    block: Block,
    /// On the edge that is taken if this condition has that value.
    edge: Option<(Value, bool)>,
    /// The check's limit is the number that it is at the check.
    same: bool,
}

/// What is asked of a parameter.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Question {
    /// At most that value, or zero, plus something.
    AtMost(Value, Option<Value>),
    /// At least something.
    AtLeast(Value),
}

pub struct Prover<'a> {
    func: &'a Function,
    cfg: &'a Cfg,
    dominators: &'a Dominators,
    relations: Relations,
    /// Sums of a value and a constant, by the value.
    sums: FxHashMap<Value, Vec<(Value, i64)>>,
    /// The blocks of definitions.
    home: SecondaryMap<Value, Option<Block>>,
    /// Values that are not negative in and below a block.
    nonnegative: FxHashMap<Value, Vec<Block>>,
    /// The limit of the check that is looked at.
    limit: Option<Value>,
    /// The questions whose arguments are being looked at, with what is asked for and [`At::same`] then.
    open: FxHashMap<Question, (i64, bool)>,
    steps: u32,
    depth: u32,
}

impl<'a> Prover<'a> {
    pub fn new(func: &'a Function, cfg: &'a Cfg, dominators: &'a Dominators) -> Self {
        let mut sums: FxHashMap<Value, Vec<(Value, i64)>> = FxHashMap::default();
        for &block in &func.layout {
            for &inst in &func.blocks[block].insts {
                if let Some((x, n)) = sum(func, &func.insts[inst]) {
                    sums.entry(x).or_default().push((func.results[inst][0], n));
                }
            }
        }
        Self {
            func,
            cfg,
            dominators,
            relations: Relations::new(func, cfg),
            sums,
            home: func.homes(),
            nonnegative: FxHashMap::default(),
            limit: None,
            open: FxHashMap::default(),
            steps: 0,
            depth: 0,
        }
    }

    /// Takes to mind that a value is not negative in and below a block.
    pub fn learn_nonnegative(&mut self, value: Value, block: Block) {
        self.nonnegative.entry(value).or_default().push(block);
    }

    /// Whether a check always passes.
    pub fn holds(&mut self, check: &Check) -> bool {
        self.limit = Some(check.limit);
        self.steps = STEPS;
        self.depth = 0;
        self.open.clear();
        let at = At {
            block: check.block,
            edge: None,
            same: true,
        };
        match check.claim {
            // Between zero and a signed number both orders are the same.
            Relation::Less { a, b, strict, .. } => {
                self.at_least(a, 0, at) && self.at_most(a, Some(b), -i64::from(strict), at)
            }
            Relation::NotZero(a) => self.at_least(a, 1, at),
            _ => false,
        }
    }

    /// Whether a relation that is known in and below a block is known at a place.
    fn is_above(&self, block: Block, at: At) -> bool {
        self.dominators.dominates(block, at.block)
    }

    /// What is known of a value at a place.
    fn relations(&self, v: Value, at: At) -> Vec<Relation> {
        let known = self.relations.of(v).iter();
        let known = known.filter(|(block, _)| self.is_above(*block, at));
        let mut known: Vec<Relation> = known.map(|known| known.1).collect();
        if let Some((cond, holds)) = at.edge
            && let Some(relation) = Relation::of(self.func, cond, holds)
            && relation.is_about(v)
        {
            known.push(relation);
        }
        // What was learnt last, nearest to the place, is asked first.
        known.reverse();
        known
    }

    /// The sums of a value and a constant of which something is known at a place.
    fn known_sums(&self, v: Value, at: At) -> Vec<(Value, i64)> {
        let sums = self.sums.get(&v).into_iter().flatten().copied();
        sums.filter(|&(w, _)| !self.relations(w, at).is_empty())
            .collect()
    }

    fn step(&mut self) -> bool {
        let more = self.steps > 0 && self.depth < DEPTH;
        self.steps = self.steps.saturating_sub(1);
        more
    }

    /// Whether `v <= base + c`, with zero for no base.
    fn at_most(&mut self, v: Value, base: Option<Value>, c: i64, at: At) -> bool {
        if !self.step() {
            return false;
        }
        self.depth += 1;
        let holds = self.at_most_at_all(v, base, c, at);
        self.depth -= 1;
        holds
    }

    fn at_most_at_all(&mut self, v: Value, base: Option<Value>, c: i64, at: At) -> bool {
        if let Some(n) = base
            && let Some(n) = int(self.func, n)
        {
            return self.at_most(v, None, n + c, at);
        }
        if base == Some(v) {
            return c >= 0;
        }
        if base.is_none() && c >= MAX {
            return true;
        }
        if let Some(n) = int(self.func, v) {
            return self.is_at_least(base, n - c, at);
        }
        if self.at_most_by_relations(v, base, c, at) {
            return true;
        }
        for (w, n) in self.known_sums(v, at) {
            // v is w - n.
            if self.is_sure(w, -n, at, Direction::Up)
                && self.at_most_by_relations(w, base, c + n, at)
            {
                return true;
            }
        }
        match self.func.values[v].def {
            ValueDef::Result(inst, _) => self.at_most_by_definition(inst, base, c, at),
            ValueDef::Param(block, n) => {
                let question = Question::AtMost(v, base);
                let fixed = base.is_none_or(|base| self.is_fixed(base, block));
                if let Some(&(asked, same)) = self.open.get(&question) {
                    return c >= asked && at.same == same;
                }
                fixed
                    && self.for_each_argument(question, c, block, n, at, |this, arg, at| {
                        this.at_most(arg, base, c, at)
                    })
            }
        }
    }

    fn at_most_by_relations(&mut self, v: Value, base: Option<Value>, c: i64, at: At) -> bool {
        for relation in self.relations(v, at) {
            let holds = match relation {
                Relation::Less {
                    a,
                    b,
                    signed,
                    strict,
                } if a == v && b != v => {
                    (signed || self.at_least(b, 0, at))
                        && self.at_most(b, base, c + i64::from(strict), at)
                }
                Relation::Equal(a, b) if a != b => {
                    self.at_most(if a == v { b } else { a }, base, c, at)
                }
                Relation::Different(a, b) if a != b => {
                    let other = if a == v { b } else { a };
                    let next = match base {
                        Some(base) => other == base && c == -1,
                        None => int(self.func, other) == Some(c + 1),
                    };
                    next && self.at_most(v, base, c + 1, at)
                }
                Relation::Zero(a) if a == v => self.is_at_least(base, -c, at),
                _ => false,
            };
            if holds {
                return true;
            }
        }
        false
    }

    fn at_most_by_definition(
        &mut self,
        inst: polkago_ir::Inst,
        base: Option<Value>,
        c: i64,
        at: At,
    ) -> bool {
        let data = &self.func.insts[inst];
        if let Some((x, n)) = sum(self.func, data) {
            return self.is_sure(x, n, at, Direction::Up) && self.at_most(x, base, c - n, at);
        }
        if let Some(greatest) = greatest(self.func, data)
            && self.is_at_least(base, greatest - c, at)
        {
            return true;
        }
        match *data {
            InstData::Binary { op, x, y } => match op {
                // Neither difference overflows where both are not negative.
                BinaryOp::Isub => {
                    self.at_least(y, 0, at)
                        && self.at_least(x, 0, at)
                        && self.at_most(x, base, c, at)
                }
                BinaryOp::ShrU if self.middle(x, y, base, c, at) => true,
                BinaryOp::And if int(self.func, y).is_some_and(|n| n >= 0) => {
                    self.at_least(x, 0, at) && self.at_most(x, base, c, at)
                }
                BinaryOp::ShrU | BinaryOp::ShrS => {
                    self.at_least(x, 0, at) && self.at_most(x, base, c, at)
                }
                BinaryOp::DivS | BinaryOp::DivU if int(self.func, y).is_some_and(|n| n >= 1) => {
                    self.at_least(x, 0, at) && self.at_most(x, base, c, at)
                }
                // A remainder is less than the divisor, and no more than the dividend.
                BinaryOp::RemU => self.at_least(y, 0, at) && self.at_most(y, base, c + 1, at),
                BinaryOp::RemS => {
                    self.at_least(x, 0, at)
                        && (self.at_most(x, base, c, at)
                            || self.at_least(y, 0, at) && self.at_most(y, base, c + 1, at))
                }
                _ => false,
            },
            InstData::Select { x, y, .. } => {
                self.at_most(x, base, c, at) && self.at_most(y, base, c, at)
            }
            _ => false,
        }
    }

    /// Whether the middle of two numbers, `(p + q) >> 1`, is at most that: it is no more than the greater one, and less
    /// where they are different.
    fn middle(&mut self, x: Value, by: Value, base: Option<Value>, c: i64, at: At) -> bool {
        let ValueDef::Result(inst, _) = self.func.values[x].def else {
            return false;
        };
        let &InstData::Binary {
            op: BinaryOp::Iadd,
            x: p,
            y: q,
        } = &self.func.insts[inst]
        else {
            return false;
        };
        int(self.func, by) == Some(1)
            && self.at_least(p, 0, at)
            && self.at_least(q, 0, at)
            && (self.at_most(q, base, c + 1, at) && self.at_most_apart(p, q, -1, at)
                || self.at_most(p, base, c + 1, at) && self.at_most_apart(q, p, -1, at)
                || self.at_most(p, base, c, at) && self.at_most(q, base, c, at))
    }

    /// Whether `v >= c`.
    fn at_least(&mut self, v: Value, c: i64, at: At) -> bool {
        if !self.step() {
            return false;
        }
        self.depth += 1;
        let holds = self.at_least_at_all(v, c, at);
        self.depth -= 1;
        holds
    }

    fn at_least_at_all(&mut self, v: Value, c: i64, at: At) -> bool {
        if let Some(n) = int(self.func, v) {
            return n >= c;
        }
        if c <= MIN || c <= 0 && self.is_nonnegative(v, at) {
            return true;
        }
        if self.at_least_by_relations(v, c, at) {
            return true;
        }
        for (w, n) in self.known_sums(v, at) {
            // v is w - n.
            if self.is_sure(w, -n, at, Direction::Down) && self.at_least_by_relations(w, c + n, at)
            {
                return true;
            }
        }
        match self.func.values[v].def {
            ValueDef::Result(inst, _) => self.at_least_by_definition(inst, c, at),
            ValueDef::Param(block, n) => {
                let question = Question::AtLeast(v);
                if let Some(&(asked, same)) = self.open.get(&question) {
                    return c <= asked && at.same == same;
                }
                self.for_each_argument(question, c, block, n, at, |this, arg, at| {
                    this.at_least(arg, c, at)
                })
            }
        }
    }

    fn is_nonnegative(&self, v: Value, at: At) -> bool {
        at.same && self.limit == Some(v)
            || self
                .nonnegative
                .get(&v)
                .is_some_and(|blocks| blocks.iter().any(|&block| self.is_above(block, at)))
    }

    fn at_least_by_relations(&mut self, v: Value, c: i64, at: At) -> bool {
        for relation in self.relations(v, at) {
            let holds = match relation {
                Relation::Less {
                    a,
                    b,
                    signed: true,
                    strict,
                } if b == v && a != v => self.at_least(a, c - i64::from(strict), at),
                Relation::Less {
                    a,
                    b,
                    signed: false,
                    ..
                } if a == v && b != v => c <= 0 && self.at_least(b, 0, at),
                // Below what is not negative there is nothing negative in unsigned order.
                Relation::Less {
                    a,
                    b,
                    signed: false,
                    strict,
                } if b == v && a != v && c > 0 => {
                    let c = c - i64::from(strict);
                    self.at_least(v, 0, at) && (c <= 0 || self.at_least(a, c, at))
                }
                Relation::Equal(a, b) if a != b => self.at_least(if a == v { b } else { a }, c, at),
                Relation::Zero(a) if a == v => c <= 0,
                Relation::NotZero(a) if a == v => c == 1 && self.at_least(v, 0, at),
                Relation::Different(a, b) if a != b => {
                    let other = int(self.func, if a == v { b } else { a });
                    other == Some(c - 1) && self.at_least(v, c - 1, at)
                }
                _ => false,
            };
            if holds {
                return true;
            }
        }
        false
    }

    fn at_least_by_definition(&mut self, inst: polkago_ir::Inst, c: i64, at: At) -> bool {
        let data = &self.func.insts[inst];
        if let Some((x, n)) = sum(self.func, data) {
            return self.is_sure(x, n, at, Direction::Down) && self.at_least(x, c - n, at);
        }
        if greatest(self.func, data).is_some() && c <= 0 {
            return true;
        }
        match *data {
            InstData::Binary { op, x, y } => match op {
                BinaryOp::Isub => {
                    self.at_least(y, 0, at)
                        && self.at_least(x, 0, at)
                        && self.at_most_apart(y, x, -c, at)
                }
                BinaryOp::ShrS => c <= 0 && self.at_least(x, 0, at),
                BinaryOp::DivS if int(self.func, y).is_some_and(|n| n >= 1) => {
                    c <= 0 && self.at_least(x, 0, at)
                }
                BinaryOp::RemU => c <= 0 && self.at_least(y, 0, at),
                BinaryOp::RemS => c <= 0 && self.at_least(x, 0, at),
                _ => false,
            },
            InstData::Select { x, y, .. } => self.at_least(x, c, at) && self.at_least(y, c, at),
            _ => false,
        }
    }

    /// Whether `v <= base + c` as a question of its own: `base` is another number than the one of the questions before,
    /// so nothing that they suppose may be used.
    fn at_most_apart(&mut self, v: Value, base: Value, c: i64, at: At) -> bool {
        let open = std::mem::take(&mut self.open);
        let holds = self.at_most(v, Some(base), c, at);
        self.open = open;
        holds
    }

    /// Whether `base >= c`, with zero for no base.
    fn is_at_least(&mut self, base: Option<Value>, c: i64, at: At) -> bool {
        match base {
            Some(base) => self.at_least(base, c, at),
            None => c <= 0,
        }
    }

    /// Whether a sum does not wrap around in the direction in which that would do harm.
    fn is_sure(&mut self, x: Value, n: i64, at: At, wanted: Direction) -> bool {
        match wanted {
            // A sum that is too large wraps to one that is too small.
            Direction::Up => n >= 0 || self.at_least(x, MIN - n, at),
            Direction::Down => n <= 0 || self.at_most(x, None, MAX - n, at),
        }
    }

    /// Whether a value is the same number on all ways back from a block to where the value is defined.
    fn is_fixed(&self, v: Value, block: Block) -> bool {
        self.home[v].is_some_and(|home| home != block && self.dominators.dominates(home, block))
    }

    /// Whether something holds for the arguments for a parameter on all edges. Meanwhile the question is open.
    fn for_each_argument(
        &mut self,
        question: Question,
        asked: i64,
        block: Block,
        n: u32,
        at: At,
        mut holds: impl FnMut(&mut Self, Value, At) -> bool,
    ) -> bool {
        if block == self.func.entry() {
            return false;
        }
        let same = at.same && self.limit.is_some_and(|limit| self.is_fixed(limit, block));
        self.open.insert(question, (asked, same));
        let (func, cfg) = (self.func, self.cfg);
        let all = cfg.preds(block).iter().all(|&pred| {
            let Some(end) = func.terminator(pred) else {
                return false;
            };
            let end = &func.insts[end];
            let condition = |target: &polkago_ir::BlockCall| match end {
                InstData::Brif { cond, then, els } if then.block != els.block => {
                    Some((*cond, then.block == target.block))
                }
                _ => None,
            };
            let mut targets = end.targets().filter(|target| target.block == block);
            targets.all(|target| {
                let at = At {
                    block: pred,
                    edge: condition(target),
                    same,
                };
                holds(self, target.args[n as usize], at)
            })
        });
        self.open.remove(&question);
        all
    }
}

/// The direction of a bound.
#[derive(Clone, Copy)]
enum Direction {
    /// At most.
    Up,
    /// At least.
    Down,
}

/// The value and the constant whose sum an i32 operation gives.
fn sum(func: &Function, data: &InstData) -> Option<(Value, i64)> {
    let &InstData::Binary { op, x, y } = data else {
        return None;
    };
    if func.value_type(x) != Type::I32 {
        return None;
    }
    match op {
        BinaryOp::Iadd => Some((x, int(func, y)?)),
        BinaryOp::Isub => Some((x, -int(func, y)?)),
        _ => None,
    }
}

/// The greatest number that an i32 operation may give which never gives a negative one.
fn greatest(func: &Function, data: &InstData) -> Option<i64> {
    match *data {
        InstData::Load {
            mem: MemType::U8, ..
        } => Some(0xff),
        InstData::Load {
            mem: MemType::U16, ..
        } => Some(0xffff),
        InstData::Unary {
            op: UnaryOp::Clz | UnaryOp::Ctz | UnaryOp::Popcnt,
            ty: Type::I32,
            ..
        } => Some(32),
        InstData::Unary {
            op: UnaryOp::Eqz, ..
        } => Some(1),
        InstData::Binary { op, x, y } if func.value_type(x) == Type::I32 => match op {
            op if op.is_comparison() => Some(1),
            BinaryOp::And => int(func, y).filter(|&n| n >= 0),
            BinaryOp::ShrU => {
                let by = int(func, y)?;
                (1..=31).contains(&by).then(|| i64::from(u32::MAX >> by))
            }
            BinaryOp::RemU => int(func, y).filter(|&n| n >= 1).map(|n| n - 1),
            BinaryOp::DivU => {
                let by = int(func, y)?;
                (by >= 2).then(|| i64::from(u32::MAX) / by)
            }
            _ => None,
        },
        InstData::Binary { op, .. } if op.is_comparison() => Some(1),
        _ => None,
    }
}
