//! Blocks that leave a value: where each way to the end of a `block` sets the same local, it is set once, behind.
//!
//! `block .. set x br 0 .. set x end` becomes `block (result) .. br 0 .. end set x`. It applies to a `block` that is
//! reached by `br` alone, never by `br_if` or `br_table`. Two walks: the first finds, for each label, the local that
//! all its ways set; the second rewrites. Linear.

use super::{Code, Local, Op};
use cranelift_entity::EntityRef;

/// What is known of the ways to the end of a `block`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ways {
    /// None seen yet.
    None,
    /// All seen so far set this local last.
    Set(Local),
    /// They differ.
    Mixed,
}

impl Ways {
    fn join(&mut self, local: Option<Local>) {
        *self = match (*self, local) {
            (Self::None, Some(l)) => Self::Set(l),
            (Self::Set(a), Some(b)) if a == b => Self::Set(a),
            _ => Self::Mixed,
        };
    }
}

/// Rewrites the blocks of a function. A rewritten block may make the one around it fit, so it is done again, at
/// most a few times.
pub fn leave_values(code: &mut Code) {
    for _ in 0..3 {
        if !rewrite(code) {
            return;
        }
    }
}

/// Whether anything was rewritten.
fn rewrite(code: &mut Code) -> bool {
    let mut ways = vec![Ways::None; code.label_count()];
    let mut open = Vec::new();
    for (i, (op, _)) in code.ops.iter().enumerate() {
        let before = i.checked_sub(1).map(|j| &code.ops[j].0);
        let set = match before {
            Some(Op::Set(l)) => Some(*l),
            _ => None,
        };
        match op {
            Op::Block(label, None) => open.push(Some(*label)),
            Op::Block(label, Some(_)) => {
                ways[label.index()] = Ways::Mixed;
                open.push(None);
            }
            Op::Loop(label, _) => {
                ways[label.index()] = Ways::Mixed;
                open.push(None);
            }
            Op::If(_) => open.push(None),
            Op::End => {
                if let Some(Some(label)) = open.pop()
                    && !before.is_some_and(Op::diverges)
                {
                    ways[label.index()].join(set);
                }
            }
            Op::Br(label) => ways[label.index()].join(set),
            Op::BrIf(label) => ways[label.index()] = Ways::Mixed,
            Op::BrTable(labels, default) => {
                for label in labels.iter().chain([default]) {
                    ways[label.index()] = Ways::Mixed;
                }
            }
            _ => {}
        }
    }
    if !ways.iter().any(|w| matches!(w, Ways::Set(_))) {
        return false;
    }
    let local_of = |label: super::Label| match ways[label.index()] {
        Ways::Set(local) => Some(local),
        Ways::None | Ways::Mixed => None,
    };
    let ops = std::mem::take(&mut code.ops);
    let mut out = Vec::with_capacity(ops.len());
    let mut open = Vec::new();
    for (op, loc) in ops {
        match op {
            Op::Block(label, ty) => {
                let local = local_of(label);
                open.push(local);
                out.push((Op::Block(label, local.map(|l| code.locals[l]).or(ty)), loc));
            }
            Op::Loop(..) | Op::If(_) => {
                open.push(None);
                out.push((op, loc));
            }
            Op::End => {
                let local = open.pop().flatten();
                if let (Some(local), Some((Op::Set(l), _))) = (local, out.last())
                    && local == *l
                {
                    out.pop();
                }
                out.push((Op::End, loc));
                if let Some(local) = local {
                    out.push((Op::Set(local), loc));
                }
            }
            Op::Br(label) => {
                if local_of(label).is_some() {
                    out.pop();
                }
                out.push((Op::Br(label), loc));
            }
            op => out.push((op, loc)),
        }
    }
    code.ops = out;
    true
}
