//! Few locals for many: coalescing and colouring.
//!
//! Selection gives each value that does not stay on the Wasm stack a local of its own. Here they are mapped to few:
//! two locals interfere if one is written while the other is live; where one is copied into another and they do
//! not interfere, they become one, and the copy goes. What is left is coloured greedily in the order of the code.
//! Source: Chaitin, *Register allocation and spilling via graph coloring* (1982); there is nothing to spill.
//!
//! The graph is a bit matrix. Functions with more than [`MATRIX_LIMIT`] locals (package initialisers as large as
//! tables) are coloured by live intervals instead, without coalescing.

use super::{
    Code, Local, Op, Ty,
    bits::Bits,
    liveness::{Liveness, openers},
};
use cranelift_entity::{EntityRef, PrimaryMap, SecondaryMap};
use std::collections::BTreeSet;

/// Up to so many locals there is a matrix of interference: 8 MiB at most.
const MATRIX_LIMIT: usize = 8192;

/// A local with a constant zero as its first value prefers one of its own while there are fewer than so many:
/// Wasm's locals start as zero, so it needs no write.
const FRESH_LIMIT: usize = 64;

/// Maps the locals of the function to few, parameters first, then grouped by type.
pub fn allocate(code: &mut Code) {
    let mut liveness = Liveness::compute(code);
    let classes = if code.locals.len() <= MATRIX_LIMIT {
        by_graph(code, &mut liveness)
    } else {
        by_intervals(code, &mut liveness)
    };
    apply(code, &classes);
}

/// Which class each local is in, and the type of each class; the parameters are the first classes.
struct Classes {
    of: SecondaryMap<Local, u32>,
    types: Vec<Ty>,
}

/// Locals that occur, in the order of their first occurrence, with the weight of loops around each copy.
struct Occurrences {
    order: Vec<Local>,
    /// Copies: loop depth, target, source.
    copies: Vec<(u32, Local, Local)>,
    /// First written with zero, outside loops.
    zero_first: Vec<bool>,
}

fn occurrences(code: &Code) -> Occurrences {
    let n = code.locals.len();
    let mut seen = Bits::new(n);
    let mut occ = Occurrences {
        order: Vec::new(),
        copies: Vec::new(),
        zero_first: vec![false; n],
    };
    let openers = openers(code);
    let mut depth = 0;
    let mut previous: Option<&Op> = None;
    for (i, (op, _)) in code.ops.iter().enumerate() {
        match op {
            Op::Get(l) | Op::Set(l) | Op::Tee(l) => {
                if !seen.contains(l.index()) {
                    seen.insert(l.index());
                    occ.order.push(*l);
                    occ.zero_first[l.index()] =
                        depth == 0 && matches!(op, Op::Set(_)) && previous.is_some_and(is_zero);
                }
                if let (Op::Set(to) | Op::Tee(to), Some(from)) = (op, copied(previous)) {
                    occ.copies.push((depth, *to, from));
                }
            }
            Op::Loop(..) => depth += 1,
            Op::End if matches!(code.ops[openers[i]].0, Op::Loop(..)) => depth -= 1,
            _ => {}
        }
        previous = Some(op);
    }
    // Inner loops first; the sort is stable, so the order is that of the code.
    occ.copies
        .sort_by_key(|&(depth, _, _)| std::cmp::Reverse(depth));
    occ
}

/// The local whose value the instruction leaves on the stack: writing it to another local is a copy.
fn copied(op: Option<&Op>) -> Option<Local> {
    match op {
        Some(Op::Get(from) | Op::Tee(from)) => Some(*from),
        _ => None,
    }
}

fn is_zero(op: &Op) -> bool {
    matches!(
        op,
        Op::I32Const(0) | Op::I64Const(0) | Op::F32Const(0) | Op::F64Const(0)
    )
}

fn by_graph(code: &Code, liveness: &mut Liveness) -> Classes {
    let n = code.locals.len();
    let mut rows = vec![Bits::new(n); n];
    let mut link = |a: usize, b: usize| {
        rows[a].insert(b);
        rows[b].insert(a);
    };
    liveness.walk(code, |i, op, live| {
        if let Op::Set(to) | Op::Tee(to) = op {
            let source = copied(i.checked_sub(1).map(|j| &code.ops[j].0)).map(Local::index);
            let ty = code.locals[*to];
            for other in live.iter() {
                if other != to.index()
                    && Some(other) != source
                    && code.locals[Local::new(other)] == ty
                {
                    link(to.index(), other);
                }
            }
        }
    });
    // All parameters, and what is read before it is written, have their values at the entry.
    for p in 0..code.params {
        for other in (0..p).chain(liveness.entry.iter()) {
            if other != p {
                link(p, other);
            }
        }
    }

    let occ = occurrences(code);
    // Members of each class at its representative; `rows` there hold what any member interferes with.
    let mut repr: Vec<usize> = (0..n).collect();
    let mut members: Vec<Bits> = (0..n)
        .map(|i| {
            let mut set = Bits::new(n);
            set.insert(i);
            set
        })
        .collect();
    for &(_, to, from) in &occ.copies {
        let (a, b) = (repr[to.index()], repr[from.index()]);
        if a == b || code.locals[to] != code.locals[from] || rows[a].meets(&members[b]) {
            continue;
        }
        // The smaller index stays, so that a parameter represents its class.
        let (keep, gone) = (a.min(b), a.max(b));
        let (low, high) = rows.split_at_mut(gone);
        low[keep].union(&high[0]);
        let (low, high) = members.split_at_mut(gone);
        low[keep].union(&high[0]);
        for m in high[0].iter() {
            repr[m] = keep;
        }
    }

    let mut classes = Colouring::new(code);
    // Colour by class: the union of its members, to be tested against rows.
    let mut colour_members: Vec<Bits> = (0..code.params).map(|p| members[p].clone()).collect();
    for &local in &occ.order {
        let r = repr[local.index()];
        if classes.colour[r].is_some() {
            continue;
        }
        let ty = code.locals[local];
        let fresh = occ.zero_first[local.index()] && classes.types.len() < FRESH_LIMIT;
        let free = (0..classes.types.len())
            .find(|&c| !fresh && classes.types[c] == ty && !rows[r].meets(&colour_members[c]));
        let c = free.unwrap_or_else(|| {
            classes.types.push(ty);
            colour_members.push(Bits::new(n));
            classes.types.len() - 1
        });
        colour_members[c].union(&members[r]);
        classes.colour[r] = Some(c as u32);
    }
    classes.finish(code, |l| repr[l])
}

struct Colouring {
    colour: Vec<Option<u32>>,
    types: Vec<Ty>,
}

impl Colouring {
    /// Parameters have their colours from the start.
    fn new(code: &Code) -> Self {
        Self {
            colour: (0..code.locals.len())
                .map(|i| (i < code.params).then_some(i as u32))
                .collect(),
            types: code.locals.values().copied().take(code.params).collect(),
        }
    }

    fn finish(self, code: &Code, repr: impl Fn(usize) -> usize) -> Classes {
        let mut of = SecondaryMap::new();
        for l in code.locals.keys() {
            of[l] = self.colour[repr(l.index())].unwrap_or(0);
        }
        Classes {
            of,
            types: self.types,
        }
    }
}

fn by_intervals(code: &Code, liveness: &mut Liveness) -> Classes {
    let n = code.locals.len();
    let mut ranges: Vec<Option<(usize, usize)>> = vec![None; n];
    let mut extend = |l: usize, from: usize, to: usize| {
        let (a, b) = ranges[l].unwrap_or((from, to));
        ranges[l] = Some((a.min(from), b.max(to)));
    };
    let openers = openers(code);
    for p in (0..code.params).chain(liveness.entry.iter()) {
        extend(p, 0, 0);
    }
    for (i, (op, _)) in code.ops.iter().enumerate() {
        match op {
            Op::Get(l) | Op::Set(l) | Op::Tee(l) => extend(l.index(), i, i),
            // What is live around a loop is live in all of it.
            Op::End => {
                if let Op::Loop(label, _) = code.ops[openers[i]].0 {
                    for l in liveness.at_label(label).iter() {
                        extend(l, openers[i], i);
                    }
                }
            }
            _ => {}
        }
    }
    let mut classes = Colouring::new(code);
    // Ends of the intervals that hold a colour now, and the colours that are free, by type.
    let mut busy: BTreeSet<(usize, u32)> = (0..code.params)
        .map(|p| (ranges[p].map_or(0, |r| r.1), p as u32))
        .collect();
    let mut free: [Vec<u32>; Ty::ALL.len()] = Default::default();
    let mut order: Vec<(usize, usize, usize)> = (code.params..n)
        .filter_map(|l| ranges[l].map(|(start, end)| (start, l, end)))
        .collect();
    order.sort_unstable();
    for (start, l, end) in order {
        let ty = code.locals[Local::new(l)];
        while let Some(&(last, c)) = busy.first()
            && last < start
        {
            busy.pop_first();
            free[classes.types[c as usize] as usize].push(c);
        }
        let c = free[ty as usize].pop().unwrap_or_else(|| {
            classes.types.push(ty);
            classes.types.len() as u32 - 1
        });
        busy.insert((end, c));
        classes.colour[l] = Some(c);
    }
    classes.finish(code, |l| l)
}

/// Rewrites the code to the classes, numbered parameters first, then by type.
fn apply(code: &mut Code, classes: &Classes) {
    let mut index = vec![Local::new(0); classes.types.len()];
    let mut locals: PrimaryMap<Local, Ty> =
        code.locals.values().copied().take(code.params).collect();
    for (p, slot) in index.iter_mut().enumerate().take(code.params) {
        *slot = Local::new(p);
    }
    for ty in Ty::ALL {
        for (c, slot) in index.iter_mut().enumerate().skip(code.params) {
            if classes.types[c] == ty {
                *slot = locals.push(ty);
            }
        }
    }
    for (op, _) in &mut code.ops {
        if let Op::Get(l) | Op::Set(l) | Op::Tee(l) = op {
            *l = index[classes.of[*l] as usize];
        }
    }
    code.locals = locals;
}

/// Drops writes of zero to locals that still hold the zero they start with. Nothing may be moved afterwards.
pub fn remove_initial_zeros(code: &mut Code) {
    let mut written = Bits::new(code.locals.len());
    (0..code.params).for_each(|p| written.insert(p));
    let openers = openers(code);
    let mut loops = 0;
    let mut gone: Vec<usize> = Vec::new();
    for (i, (op, _)) in code.ops.iter().enumerate() {
        match op {
            Op::Set(l) | Op::Tee(l) => {
                let zero = i > 0 && is_zero(&code.ops[i - 1].0);
                if loops == 0 && zero && !written.contains(l.index()) {
                    // A `tee` leaves the constant; a `set` takes it away too.
                    if matches!(op, Op::Set(_)) {
                        gone.push(i - 1);
                    }
                    gone.push(i);
                } else {
                    written.insert(l.index());
                }
            }
            Op::Loop(..) => loops += 1,
            Op::End if matches!(code.ops[openers[i]].0, Op::Loop(..)) => loops -= 1,
            _ => {}
        }
    }
    let mut gone = gone.into_iter().peekable();
    let mut i = 0;
    code.ops.retain(|_| {
        let drop = gone.next_if_eq(&i).is_some();
        i += 1;
        !drop
    });
}

/// Drops locals that nothing mentions any more, but for the parameters.
pub fn drop_unused(code: &mut Code) {
    let mut used = Bits::new(code.locals.len());
    (0..code.params).for_each(|p| used.insert(p));
    for (op, _) in &code.ops {
        if let Op::Get(l) | Op::Set(l) | Op::Tee(l) = op {
            used.insert(l.index());
        }
    }
    let mut locals: PrimaryMap<Local, Ty> = PrimaryMap::new();
    let mut new: SecondaryMap<Local, Local> = SecondaryMap::with_default(Local::new(0));
    for l in used.iter().map(Local::new) {
        new[l] = locals.push(code.locals[l]);
    }
    if locals.len() == code.locals.len() {
        return;
    }
    for (op, _) in &mut code.ops {
        if let Op::Get(l) | Op::Set(l) | Op::Tee(l) = op {
            *l = new[*l];
        }
    }
    code.locals = locals;
}
