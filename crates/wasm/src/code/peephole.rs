//! Local improvements of linear code, in one forward walk that looks at what it has just written.
//!
//! - a `set` directly before a `get` of the same local is a `tee`; a `get` before a `set` of the same is nothing
//! - nothing is kept behind an instruction that does not fall through
//! - constructs whose label nobody branches to, and empty arms, go; `if br end` is `br_if`
//! - arms that are 1 and 0 are the condition itself
//! - two arms that end by setting the same local set it once, behind the `if`
//! - 64 is added as -64 is subtracted, which is a byte shorter
//! - widening loads and narrowing stores take the conversion in
//! - conditions lose what does not change whether they are zero
//!
//! The cost is linear.

use super::{Code, Local, Op, Ty, opcode as oc};
use cranelift_entity::{EntityRef, PrimaryMap, packed_option::PackedOption};
use polkago_ir::Loc;

type Item = (Op, PackedOption<Loc>);

/// When code is improved.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Locals are still one a value.
    Virtual,
    /// Locals have been allocated: what could be coalesced has been, so that a `set` in both arms of an `if` is
    /// there to stay.
    Allocated,
}

/// Improves the code of a function.
pub fn run(code: &mut Code, stage: Stage) {
    let mut uses = vec![0_u32; code.label_count()];
    for (op, _) in &code.ops {
        match op {
            Op::Br(l) | Op::BrIf(l) => uses[l.index()] += 1,
            Op::BrTable(labels, default) => {
                uses[default.index()] += 1;
                labels.iter().for_each(|l| uses[l.index()] += 1);
            }
            _ => {}
        }
    }
    let ops = std::mem::take(&mut code.ops);
    let mut pass = Pass {
        locals: &code.locals,
        stage,
        uses,
        out: Vec::with_capacity(ops.len()),
        open: Vec::new(),
        dead: None,
    };
    for item in ops {
        pass.feed(item);
    }
    code.ops = pass.out;
}

/// Makes the condition on top of the stack its opposite. It may become any i32 that is zero where the old one was
/// not.
pub fn negate(out: &mut Vec<Item>, loc: PackedOption<Loc>) {
    simplify_condition(out);
    if let Some((Op::Plain(op), _)) = out.last_mut() {
        if let Some(inverse) = oc::inverse_comparison(*op) {
            *op = inverse;
            return;
        }
        if *op == oc::I32_EQZ {
            out.pop();
            return;
        }
    }
    out.push((Op::Plain(oc::I32_EQZ), loc));
}

/// Makes the condition on top of the stack 1 if it is zero, else 0.
fn negate_exactly(out: &mut Vec<Item>, loc: PackedOption<Loc>) {
    simplify_condition(out);
    if let Some((Op::Plain(op), _)) = out.last_mut()
        && let Some(inverse) = oc::inverse_comparison(*op)
    {
        *op = inverse;
        return;
    }
    out.push((Op::Plain(oc::I32_EQZ), loc));
}

/// Whether it gives 0 or 1.
fn is_boolean(item: Option<&Item>) -> bool {
    matches!(item, Some((Op::Plain(op), _)) if (oc::I32_EQZ..=oc::F64_GE).contains(op))
}

/// Drops what does not change whether the condition on top of the stack is zero.
pub fn simplify_condition(out: &mut Vec<Item>) {
    loop {
        match out.as_slice() {
            [.., (Op::I32Const(0), _), (Op::Plain(oc::I32_NE), _)]
            | [.., (Op::Plain(oc::I32_EQZ), _), (Op::Plain(oc::I32_EQZ), _)] => {
                out.truncate(out.len() - 2)
            }
            _ => return,
        }
    }
}

/// A construct that is open in the output.
enum Open {
    Block(super::Label),
    Loop,
    /// Where it and its `else` stand in the output.
    If {
        at: usize,
        els: Option<usize>,
    },
    /// It was left out; its `end` will be too.
    Gone,
}

/// An arm longer than this keeps its `set`: taking it out of the middle would cost more than it gives.
const REACH: usize = 2000;

struct Pass<'a> {
    locals: &'a PrimaryMap<Local, Ty>,
    stage: Stage,
    uses: Vec<u32>,
    out: Vec<Item>,
    open: Vec<Open>,
    /// In code that never runs: how many constructs were opened there.
    dead: Option<usize>,
}

impl Pass<'_> {
    fn feed(&mut self, item: Item) {
        if let Some(depth) = &mut self.dead {
            match item.0 {
                Op::Block(..) | Op::Loop(..) | Op::If(_) => *depth += 1,
                Op::End if *depth > 0 => *depth -= 1,
                Op::End | Op::Else if *depth == 0 => self.live(item),
                _ => self.forget(&item.0),
            }
            return;
        }
        self.live(item);
    }

    /// A branch that is left out.
    fn forget(&mut self, op: &Op) {
        match op {
            Op::Br(l) | Op::BrIf(l) => self.uses[l.index()] -= 1,
            Op::BrTable(labels, default) => {
                self.uses[default.index()] -= 1;
                labels.iter().for_each(|l| self.uses[l.index()] -= 1);
            }
            _ => {}
        }
    }

    fn live(&mut self, (op, loc): Item) {
        match op {
            Op::Block(label, _) => {
                if self.uses[label.index()] == 0 {
                    self.open.push(Open::Gone);
                    return;
                }
                self.open.push(Open::Block(label));
            }
            Op::Loop(label, _) => {
                if self.uses[label.index()] == 0 {
                    self.open.push(Open::Gone);
                    return;
                }
                self.open.push(Open::Loop);
            }
            Op::If(_) => {
                simplify_condition(&mut self.out);
                let at = self.out.len();
                self.open.push(Open::If { at, els: None });
            }
            Op::BrIf(_) | Op::Select => simplify_condition(&mut self.out),
            Op::Else => return self.els(loc),
            Op::End => return self.end(loc),
            _ => {}
        }
        if op.diverges() {
            self.dead = Some(0);
        }
        self.straight(op, loc);
    }

    fn els(&mut self, loc: PackedOption<Loc>) {
        let diverged = self.dead.take().is_some();
        let Some(Open::If { at, .. }) = self.open.last() else {
            unreachable!("an `else` stands in an `if`");
        };
        let at = *at;
        let (if_op, if_loc) = self.out[at].clone();
        let void = if_op == Op::If(None);
        let now = match &self.out[at + 1..] {
            [] if void => {
                // Nothing to do in the first arm: the second one becomes it.
                self.out.pop();
                negate(&mut self.out, if_loc);
                let at = self.out.len();
                self.out.push((if_op, if_loc));
                Open::If { at, els: None }
            }
            [(Op::Br(label), _)] if void => {
                let label = *label;
                self.out.truncate(at);
                simplify_condition(&mut self.out);
                self.out.push((Op::BrIf(label), if_loc));
                Open::Gone
            }
            _ if diverged && void => {
                self.out.push((Op::End, loc));
                Open::Gone
            }
            _ => {
                let els = Some(self.out.len());
                self.out.push((Op::Else, loc));
                Open::If { at, els }
            }
        };
        self.open.pop();
        self.open.push(now);
    }

    fn end(&mut self, loc: PackedOption<Loc>) {
        match self.open.pop().expect("constructs are balanced") {
            // Code behind it runs only if its body falls through, so `dead` stays.
            Open::Gone => {}
            Open::Block(label) => {
                self.dead = None;
                if let Some((Op::Br(to), _)) = self.out.last()
                    && *to == label
                {
                    self.uses[label.index()] -= 1;
                    self.out.pop();
                }
                match self.out.last() {
                    Some((Op::Block(_, None), _)) => {
                        self.out.pop();
                    }
                    _ => self.out.push((Op::End, loc)),
                }
            }
            Open::Loop => {
                self.dead = None;
                self.out.push((Op::End, loc));
            }
            Open::If { at, els } => self.end_if(at, els, loc),
        }
    }

    fn end_if(&mut self, at: usize, els: Option<usize>, loc: PackedOption<Loc>) {
        let diverged = self.dead.take().is_some();
        let (if_op, if_loc) = self.out[at].clone();
        let void = if_op == Op::If(None);
        if void && els == Some(self.out.len() - 1) {
            self.out.pop();
            return self.end_if(at, None, loc);
        }
        match &self.out[at + 1..] {
            [] if void => {
                self.out.pop();
                return self.straight(Op::Drop, if_loc);
            }
            [(Op::Br(label), _)] if void => {
                let label = *label;
                self.out.truncate(at);
                simplify_condition(&mut self.out);
                self.out.push((Op::BrIf(label), if_loc));
                return;
            }
            _ => {}
        }
        // A condition made a value.
        if let [
            (Op::I32Const(then), _),
            (Op::Else, _),
            (Op::I32Const(els), _),
        ] = self.out[at + 1..]
            && let (1, 0) | (0, 1) = (then, els)
        {
            self.out.truncate(at);
            if then == 0 {
                negate_exactly(&mut self.out, if_loc);
            } else if !is_boolean(self.out.last()) {
                self.out.push((Op::I32Const(0), if_loc));
                self.out.push((Op::Plain(oc::I32_NE), if_loc));
            }
            return;
        }
        // Both arms end by setting the same local: set it behind.
        if let (Some(els), Some((Op::Set(x), set_loc))) = (els, self.out.last())
            && self.stage == Stage::Allocated
            && void
            && !diverged
            && self.out[els - 1].0 == Op::Set(*x)
            && self.out.len() - els < REACH
        {
            let (x, set_loc) = (*x, *set_loc);
            self.out[at].0 = Op::If(Some(self.locals[x]));
            self.out.pop();
            self.out.remove(els - 1);
            self.out.push((Op::End, loc));
            return self.straight(Op::Set(x), set_loc);
        }
        self.out.push((Op::End, loc));
    }

    /// Appends an instruction, joined with the one before it where that is shorter.
    fn straight(&mut self, op: Op, loc: PackedOption<Loc>) {
        let Some((last, _)) = self.out.last_mut() else {
            self.out.push((op, loc));
            return;
        };
        match (&mut *last, &op) {
            (Op::Set(a), Op::Get(b)) if a == b => *last = Op::Tee(*b),
            (Op::Get(a), Op::Set(b)) if a == b => {
                self.out.pop();
            }
            (Op::Tee(a), Op::Set(b)) if a == b => *last = op,
            (Op::Tee(a) | Op::Get(a), Op::Tee(b)) if a == b => {}
            (Op::GlobalGet(a), Op::GlobalSet(b)) if a == b => {
                self.out.pop();
            }
            (Op::Tee(a), Op::Drop) => *last = Op::Set(*a),
            (last, Op::Drop) if last.is_leaf() => {
                self.out.pop();
            }
            (Op::Load(_), Op::Drop) => {
                // The address was valid, so the access has no effect.
                self.out.pop();
                self.straight(op, loc);
            }
            (Op::Load(m), Op::Plain(ext)) if widened(m.op, *ext).is_some() => {
                m.op = widened(m.op, *ext).unwrap_or(m.op);
            }
            // Of 64 and -64 only the latter fits into one byte, and so on.
            (Op::I32Const(n), Op::Plain(oc::I32_ADD)) if is_power_of_128_half(*n) => {
                *n = n.wrapping_neg();
                self.out.push((Op::Plain(oc::I32_SUB), loc));
            }
            (Op::Plain(oc::I32_WRAP_I64), Op::Store(m)) => {
                let mut m = *m;
                m.op = match m.op {
                    oc::I32_STORE => oc::I64_STORE32,
                    oc::I32_STORE16 => oc::I64_STORE16,
                    oc::I32_STORE8 => oc::I64_STORE8,
                    other => other,
                };
                *last = Op::Store(m);
            }
            _ => self.out.push((op, loc)),
        }
    }
}

/// Whether the number is the first that takes one byte more than its opposite.
fn is_power_of_128_half(n: i32) -> bool {
    matches!(n, 0x40 | 0x2000 | 0x10_0000 | 0x800_0000)
}

/// The load that gives at once what a load and a conversion to i64 give.
fn widened(load: u8, ext: u8) -> Option<u8> {
    Some(match (load, ext) {
        (oc::I32_LOAD, oc::I64_EXTEND_I32_S) => oc::I64_LOAD32_S,
        (oc::I32_LOAD, oc::I64_EXTEND_I32_U) => oc::I64_LOAD32_U,
        // A zero-extended value is not negative, so both conversions are the same.
        (oc::I32_LOAD8_U, oc::I64_EXTEND_I32_S | oc::I64_EXTEND_I32_U) => oc::I64_LOAD8_U,
        (oc::I32_LOAD16_U, oc::I64_EXTEND_I32_S | oc::I64_EXTEND_I32_U) => oc::I64_LOAD16_U,
        (oc::I32_LOAD8_S, oc::I64_EXTEND_I32_S) => oc::I64_LOAD8_S,
        (oc::I32_LOAD16_S, oc::I64_EXTEND_I32_S) => oc::I64_LOAD16_S,
        _ => return None,
    })
}
