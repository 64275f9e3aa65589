//! Loop-invariant code motion: what gives the same value in each iteration is computed once, before the loop.
//!
//! An instruction moves to the end of the *preheader*, the one block from which the loop is entered, if its operands
//! are defined outside of the loop and it is
//! - an operation that cannot trap and is dear enough to be worth a local for the length of the loop, or one that
//!   such an operation needs;
//! - a load of memory that nothing in the loop writes. It may not have run in any iteration, so its address must be
//!   one that can always be read: that of a stack slot or data object, or a reference from elsewhere plus a small
//!   offset. Where that is null, the load reads what lies at the start of memory, and nobody looks at the result.
//!
//! A sum of a reference and a variable is not moved out of a loop with calls: computed where it would not have been,
//! it may lie outside of its object, and the collector must not find it in a frame.
//!
//! Inner loops go first, so that an instruction can leave several. Linear in the size of the function times the
//! depth of nesting.

use crate::memory::{Private, Root, span};
use crate::pass::{FunctionPass, Program};
use cranelift_entity::{EntitySet, SecondaryMap};
use polkago_ir::{
    BinaryOp, Block, BlockCall, Cfg, Dominators, Effect, Function, Inst, InstData, Loop, Loops,
    NULL_READABLE, UnaryOp, Value, ValueDef, Values,
};

/// The pass. See the module documentation.
pub struct Licm;

impl FunctionPass for Licm {
    fn name(&self) -> &'static str {
        "licm"
    }

    fn run(&self, func: &mut Function, program: &Program<'_>) -> bool {
        let has_loops = |func: &Function| {
            let cfg = Cfg::new(func);
            let dominators = Dominators::new(&cfg);
            let loops = Loops::new(&cfg, &dominators);
            (loops.iter().next().is_some()).then_some((cfg, loops))
        };
        let Some((cfg, loops)) = has_loops(func) else {
            return false;
        };
        let mut changed = make_preheaders(func, &cfg, &loops);
        let Some((cfg, loops)) = has_loops(func) else {
            return changed;
        };
        let private = Private::new(func, program);
        let home = func.homes();
        let mut mover = Mover {
            program,
            cfg: &cfg,
            loops: &loops,
            private,
            home,
        };
        for this in loops.iter().rev() {
            changed |= mover.leave(func, this);
        }
        changed
    }
}

/// Gives each loop one block from which it is entered, and which leads nowhere else.
fn make_preheaders(func: &mut Function, cfg: &Cfg, loops: &Loops) -> bool {
    let mut changed = false;
    let mut made: SecondaryMap<Block, Option<Block>> = SecondaryMap::new();
    for this in loops.iter() {
        let header = loops.header(this);
        let outside = cfg.preds(header).iter().copied();
        let outside: Vec<Block> = outside.filter(|&b| !loops.contains(this, b)).collect();
        let jumps = |&block: &Block| {
            let end = func.terminator(block);
            end.is_some_and(|end| matches!(func.insts[end], InstData::Jump(_)))
        };
        if header == func.entry() || matches!(&outside[..], [only] if jumps(only)) {
            continue;
        }
        let block = func.new_block();
        func.layout.pop();
        made[header] = Some(block);
        changed = true;
        let mut args = Values::new();
        for n in 0..func.blocks[header].params.len() {
            let ty = func.value_type(func.blocks[header].params[n]);
            args.push(func.add_block_param(block, ty));
        }
        for pred in outside {
            let Some(end) = func.terminator(pred) else {
                continue;
            };
            for target in func.insts[end].targets_mut() {
                if target.block == header {
                    target.block = block;
                }
            }
        }
        let target = BlockCall {
            block: header,
            args,
        };
        func.append(block, InstData::Jump(target), None.into());
    }
    if changed {
        let layout = std::mem::take(&mut func.layout).into_iter();
        let layout = layout.flat_map(|block| made[block].into_iter().chain([block]));
        func.layout = layout.collect();
    }
    changed
}

struct Mover<'a> {
    program: &'a Program<'a>,
    cfg: &'a Cfg,
    loops: &'a Loops,
    private: Private,
    /// The block of each value.
    home: SecondaryMap<Value, Option<Block>>,
}

/// What a loop does to memory.
#[derive(Default)]
struct Written {
    /// Anything may be written.
    calls: bool,
    /// Bytes written: root, base address, range relative to that. No base: anything in the object.
    stores: Vec<(Root, Option<Value>, (u64, u64))>,
    globals: bool,
    grows: bool,
}

impl Mover<'_> {
    /// Moves what can be moved out of a loop.
    fn leave(&mut self, func: &mut Function, this: Loop) -> bool {
        let header = self.loops.header(this);
        let outside = |&&b: &&Block| !self.loops.contains(this, b);
        let Some(&preheader) = self.cfg.preds(header).iter().find(outside) else {
            return false;
        };
        let blocks: Vec<Block> = {
            let own = self.cfg.rpo().filter(|&b| self.loops.contains(this, b));
            own.collect()
        };
        let written = self.written(func, &blocks);
        let mut moved: Vec<Inst> = Vec::new();
        let mut is_moved: EntitySet<Value> = EntitySet::with_capacity(func.values.len());
        let mut any = false;
        for &block in &blocks {
            for &inst in &func.blocks[block].insts {
                let data = &func.insts[inst];
                let mut invariant = true;
                data.visit_operands(|v| {
                    invariant &= is_moved.contains(v) || !self.is_inside(this, v);
                });
                if invariant && self.may_move(func, inst, &written) {
                    is_moved.insert(func.results[inst][0]);
                    moved.push(inst);
                    any |= is_dear(data);
                }
            }
        }
        if !any {
            return false;
        }
        // What no dear instruction needs stays.
        let mut needed: EntitySet<Value> = EntitySet::with_capacity(func.values.len());
        let mut goes: EntitySet<Inst> = EntitySet::with_capacity(func.insts.len());
        for &inst in moved.iter().rev() {
            let data = &func.insts[inst];
            if is_dear(data) || needed.contains(func.results[inst][0]) {
                goes.insert(inst);
                data.visit_operands(|v| {
                    needed.insert(v);
                });
            }
        }
        for &block in &blocks {
            func.blocks[block]
                .insts
                .retain(|&inst| !goes.contains(inst));
        }
        let end = func.blocks[preheader].insts.pop();
        for &inst in moved.iter().filter(|&&inst| goes.contains(inst)) {
            self.home[func.results[inst][0]] = Some(preheader);
            func.blocks[preheader].insts.push(inst);
        }
        func.blocks[preheader].insts.extend(end);
        true
    }

    /// Whether a value is defined in a loop.
    fn is_inside(&self, this: Loop, v: Value) -> bool {
        self.home[v].is_none_or(|block| self.loops.contains(this, block))
    }

    fn written(&self, func: &Function, blocks: &[Block]) -> Written {
        let mut written = Written::default();
        for &block in blocks {
            for &inst in &func.blocks[block].insts {
                match func.insts[inst] {
                    InstData::Store {
                        mem, addr, offset, ..
                    } => {
                        let root = self.private.root(func, addr);
                        written.stores.push((root, Some(addr), span(mem, offset)));
                    }
                    InstData::MemCopy { dst, .. } | InstData::MemFill { dst, .. } => {
                        let root = self.private.root(func, dst);
                        written.stores.push((root, None, (0, 0)));
                    }
                    InstData::Call { .. } | InstData::CallIndirect { .. } => written.calls = true,
                    InstData::GlobalSet { .. } => written.globals = true,
                    InstData::MemoryGrow(_) => written.grows = true,
                    _ => {}
                }
            }
        }
        written
    }

    fn may_move(&self, func: &Function, inst: Inst, written: &Written) -> bool {
        let data = &func.insts[inst];
        match *data {
            InstData::Binary {
                op: BinaryOp::RefAdd,
                y,
                ..
            } => !written.calls || is_constant(func, y),
            InstData::Unary {
                op: UnaryOp::IntToRef,
                ..
            } => !written.calls,
            InstData::Load { mem, addr, offset } => {
                let root = self.private.root(func, addr);
                let range = span(mem, offset);
                self.is_readable(func, addr, offset)
                    && (self.is_constant_data(func, root)
                        || (!written.calls || self.private.is_private(root))
                            && written.stores.iter().all(|&(other, base, bytes)| {
                                base == Some(addr) && (range.1 <= bytes.0 || bytes.1 <= range.0)
                                    || self.private.are_distinct(root, other)
                            }))
            }
            InstData::GlobalGet { .. } => !written.calls && !written.globals,
            InstData::MemorySize => !written.calls && !written.grows,
            _ => data.effect() == Effect::Pure && !is_test(data),
        }
    }

    fn is_constant_data(&self, func: &Function, root: Root) -> bool {
        match root {
            Root::Data(sym) => {
                let data = self.program.data.get(&func.syms[sym]);
                data.is_some_and(|data| !data.mutable)
            }
            Root::Slot(_) | Root::Fresh(_) | Root::Unknown => false,
        }
    }

    /// Whether reading there does no harm, wherever it is done.
    fn is_readable(&self, func: &Function, addr: Value, offset: u32) -> bool {
        let ValueDef::Result(inst, _) = func.values[addr].def else {
            return offset < NULL_READABLE;
        };
        match &func.insts[inst] {
            InstData::SymAddr { .. } | InstData::StackAddr { .. } => true,
            InstData::Null
            | InstData::Unary { .. }
            | InstData::Binary { .. }
            | InstData::Select { .. } => false,
            _ => offset < NULL_READABLE,
        }
    }
}

/// A condition: it costs nothing where it is branched on.
fn is_test(data: &InstData) -> bool {
    match data {
        InstData::Binary { op, .. } => op.is_comparison(),
        InstData::Unary { op, .. } => *op == UnaryOp::Eqz,
        _ => false,
    }
}

/// Whether computing it again in each iteration costs more than keeping it.
fn is_dear(data: &InstData) -> bool {
    match data {
        InstData::Binary { op, .. } => !matches!(op, BinaryOp::Iadd | BinaryOp::Isub),
        InstData::Unary { op, .. } => !matches!(
            op,
            UnaryOp::Wrap | UnaryOp::RefToInt | UnaryOp::IntToRef | UnaryOp::ExtendU
        ),
        InstData::Load { .. } | InstData::GlobalGet { .. } => true,
        InstData::Select { .. } => true,
        _ => false,
    }
}

fn is_constant(func: &Function, v: Value) -> bool {
    match func.values[v].def {
        ValueDef::Result(inst, _) => func.insts[inst].is_rematerializable(),
        ValueDef::Param(..) => false,
    }
}
