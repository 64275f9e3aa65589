//! Which locals are live where, in linear structured code.
//!
//! Structured code needs no graph: one walk from the end to the start knows at each `end` what is live behind it,
//! and so what a branch to its label needs. Only a `loop` is met before what it needs is known; walks are repeated
//! until its set no longer grows, which takes as many walks as loops are nested, plus one.

use super::peephole::{self, Stage};
use super::{Code, Local, Op, bits::Bits};
use cranelift_entity::EntityRef;

/// The result: the sets at the labels, from which a walk finds all others.
pub struct Liveness {
    /// By label: live where a branch to it arrives.
    labels: Vec<Bits>,
    /// Live at the start of the function.
    pub entry: Bits,
    size: usize,
}

/// What a walk remembers of an open `if`: it meets its `end` first.
struct OpenIf {
    after: Bits,
    els: Option<Bits>,
}

impl Liveness {
    /// Computes the liveness of all locals.
    pub fn compute(code: &Code) -> Self {
        let size = code.locals.len();
        let mut this = Self {
            labels: vec![Bits::new(size); code.label_count()],
            entry: Bits::new(size),
            size,
        };
        let openers = openers(code);
        while this.pass(code, &openers, &mut |_, _, _| {}) {}
        this
    }

    /// Walks from the last instruction to the first, calling `visit` with each one's index, itself and the locals
    /// live directly behind it.
    pub fn walk(&mut self, code: &Code, mut visit: impl FnMut(usize, &Op, &Bits)) {
        let openers = openers(code);
        let grew = self.pass(code, &openers, &mut visit);
        debug_assert!(!grew, "the sets were final");
    }

    fn pass(
        &mut self,
        code: &Code,
        openers: &[usize],
        visit: &mut impl FnMut(usize, &Op, &Bits),
    ) -> bool {
        let mut live = Bits::new(self.size);
        let mut ifs: Vec<OpenIf> = Vec::new();
        let mut grew = false;
        for (i, (op, _)) in code.ops.iter().enumerate().rev() {
            visit(i, op, &live);
            match op {
                Op::Get(l) => live.insert(l.index()),
                Op::Set(l) | Op::Tee(l) => live.remove(l.index()),
                Op::Return | Op::Unreachable => live.clear(),
                Op::Br(l) => live.copy_from(&self.labels[l.index()]),
                Op::BrIf(l) => {
                    live.union(&self.labels[l.index()]);
                }
                Op::BrTable(labels, default) => {
                    live.copy_from(&self.labels[default.index()]);
                    for l in labels {
                        live.union(&self.labels[l.index()]);
                    }
                }
                Op::End => match &code.ops[openers[i]].0 {
                    Op::Block(l, _) => self.labels[l.index()].copy_from(&live),
                    Op::If(_) => ifs.push(OpenIf {
                        after: live.clone(),
                        els: None,
                    }),
                    _ => {}
                },
                Op::Else => {
                    let open = ifs.last_mut().expect("an `else` stands in an `if`");
                    open.els = Some(live.clone());
                    live.copy_from(&open.after);
                }
                Op::If(_) => {
                    let open = ifs.pop().expect("an `if` has its `end`");
                    live.union(open.els.as_ref().unwrap_or(&open.after));
                }
                Op::Loop(l, _) => grew |= self.labels[l.index()].union(&live),
                Op::Block(..)
                | Op::I32Const(_)
                | Op::I64Const(_)
                | Op::F32Const(_)
                | Op::F64Const(_)
                | Op::GlobalGet(_)
                | Op::GlobalSet(_)
                | Op::ClearGlobals(_)
                | Op::Load(_)
                | Op::Store(_)
                | Op::Plain(_)
                | Op::TruncSat(_)
                | Op::MemoryCopy
                | Op::MemoryFill
                | Op::MemorySize
                | Op::MemoryGrow
                | Op::Call(_)
                | Op::CallIndirect(_)
                | Op::Drop
                | Op::Select => {}
            }
        }
        self.entry = live;
        grew
    }

    /// The locals live at the head of the loop with that label.
    pub fn at_label(&self, label: super::Label) -> &Bits {
        &self.labels[label.index()]
    }
}

/// By instruction: where the construct that an `end` closes was opened. 0 for anything but an `end`.
pub fn openers(code: &Code) -> Vec<usize> {
    let mut openers = vec![0; code.ops.len()];
    let mut stack = Vec::new();
    for (i, (op, _)) in code.ops.iter().enumerate() {
        match op {
            Op::Block(..) | Op::Loop(..) | Op::If(_) => stack.push(i),
            Op::End => openers[i] = stack.pop().expect("constructs are balanced"),
            _ => {}
        }
    }
    openers
}

/// Removes writes of locals that are not read any more. One removal may make another write dead, so it is repeated
/// as long as it finds something, at most a few times.
pub fn remove_dead_writes(code: &mut Code, stage: Stage) {
    for _ in 0..4 {
        let mut dead: Vec<usize> = Vec::new();
        Liveness::compute(code).walk(code, |i, op, live| {
            if let Op::Set(l) | Op::Tee(l) = op
                && !live.contains(Local::index(*l))
            {
                dead.push(i);
            }
        });
        if dead.is_empty() {
            return;
        }
        let tees: Vec<usize> = dead
            .iter()
            .copied()
            .filter(|&i| matches!(code.ops[i].0, Op::Tee(_)))
            .collect();
        for i in dead {
            code.ops[i].0 = Op::Drop;
        }
        let mut tees = tees.into_iter().rev().peekable();
        let mut i = 0;
        code.ops.retain(|_| {
            let is_tee = tees.next_if_eq(&i).is_some();
            i += 1;
            !is_tee
        });
        peephole::run(code, stage);
    }
}
