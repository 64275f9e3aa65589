//! What the initialisers of a program compute is written into its static data, as far as that can be known before it
//! runs: a runtime is a new instance in each call and would compute it each time.
//!
//! The function that runs the initialisers, before anything else does, is evaluated from its start: numbers, addresses
//! of static data, loads and stores there, objects of known size, and what it calls. At the first instruction that asks
//! for more (the host, a module global, too many steps) evaluation ends. What was evaluated completely goes from the
//! function; its stores become the data's bytes and relocations, objects that it made new data, and values that the rest
//! needs become constants. If evaluation does not come to the end of the function, the rest begins in its first block,
//! behind the last instruction that was evaluated there.
//!
//! Stack slots and the steps of called functions are undone where they are not complete. Linear in the steps, of which
//! there is a most.

mod memory;

use crate::escape::{MAKE_SLICE, MALLOC, NEW_OBJECT, layout};
use crate::pass::{FunctionPass, ModulePass, Program};
use memory::{Known, Memory};
use polkago_ir::{
    BinaryOp, Block, BlockCall, Function, Inst, InstData, Module, Scalar, StackSlot, Symbol,
    UnaryOp, Value, eval_binary, eval_unary,
};
use rustc_hash::FxHashMap;

/// The function that runs the initialisers. It must not have been copied to where it is called: the copy would do again
/// what was evaluated.
pub const INIT: &str = "go:init";

/// The most instructions that are evaluated.
const STEPS: u32 = 1 << 18;

/// The deepest nesting of calls.
const DEPTH: u32 = 32;

/// The pass. See the module documentation.
pub struct StaticInit<'a> {
    /// Run on what is left of the function.
    pub cleanup: &'a [&'a dyn FunctionPass],
    /// See [`Options::allocators`](crate::Options::allocators).
    pub allocators: &'a [Symbol],
}

impl ModulePass for StaticInit<'_> {
    fn name(&self) -> &'static str {
        "static_init"
    }

    fn run(&self, module: &mut Module) -> bool {
        let Some(init) = module.funcs.get(INIT) else {
            return false;
        };
        let mut evaluator = Evaluator {
            module,
            memory: Memory::new(&module.data),
            steps: STEPS,
            frames: 0,
        };
        let (done, values) = evaluator.initialisers(init);
        let memory = evaluator.memory;
        let none = match done {
            Done::All => init.blocks[init.entry()].insts.len() <= 1 && init.layout.len() == 1,
            Done::Instructions(n) => n == 0,
        };
        if none {
            return false;
        }
        let written = memory.finish();
        for (name, object) in written {
            object.write_to(module.data.entry(name).or_insert_with_key(memory::empty));
        }
        let (funcs, program) = Program::split(module, self.allocators);
        if let Some(init) = funcs.get_mut(INIT) {
            cut(init, done, &values);
            for pass in self.cleanup {
                pass.run(init, &program);
            }
        }
        true
    }
}

/// How much of the function was evaluated.
#[derive(Clone, Copy)]
enum Done {
    /// All of it.
    All,
    /// So many instructions of its first block.
    Instructions(usize),
}

/// The values of a call that are known.
type Values = FxHashMap<Value, Known>;

/// How an instruction ended.
enum Step {
    /// The next one follows.
    Next,
    /// Another block follows.
    Jump(Block),
    /// The function is left.
    Return(Vec<Known>),
}

/// The state of a call.
struct Frame<'a> {
    func: &'a Function,
    values: Values,
    /// The objects that stand for the slots that were used.
    slots: FxHashMap<StackSlot, Symbol>,
    number: u32,
}

struct Evaluator<'a> {
    module: &'a Module,
    memory: Memory<'a>,
    steps: u32,
    /// Calls so far.
    frames: u32,
}

impl<'a> Evaluator<'a> {
    /// Evaluates the initialisers; the memory is as it is behind what was done.
    fn initialisers(&mut self, init: &'a Function) -> (Done, Values) {
        let mut frame = self.frame(init, Vec::new());
        let entry = init.entry();
        let insts = &init.blocks[entry].insts;
        let mut done = 0;
        let mut end = None;
        for (n, &inst) in insts.iter().enumerate() {
            if init.insts[inst].is_terminator() {
                end = self.step(&mut frame, inst, DEPTH);
                break;
            }
            let whole = self.step(&mut frame, inst, DEPTH).is_some();
            if !whole {
                break;
            }
            // The rest would not find what was written in a slot, and a check point is behind its call.
            let next = insts.get(n + 1);
            let check = next.is_some_and(|&next| matches!(init.insts[next], InstData::ExitCheck));
            if frame.slots.is_empty() && !check {
                self.memory.commit();
                done = n + 1;
            }
        }
        let end = match end {
            Some(Step::Jump(block)) => self.blocks(&mut frame, block, DEPTH),
            Some(Step::Return(results)) => Some(results),
            Some(Step::Next) | None => None,
        };
        if end.is_some() {
            self.memory.commit();
            return (Done::All, frame.values);
        }
        self.memory.undo();
        (Done::Instructions(done), frame.values)
    }

    fn frame(&mut self, func: &'a Function, args: Vec<Known>) -> Frame<'a> {
        self.frames += 1;
        let params = func.blocks[func.entry()].params.iter().copied();
        Frame {
            func,
            values: params.zip(args).collect(),
            slots: FxHashMap::default(),
            number: self.frames,
        }
    }

    /// Evaluates a call; `None` where something is not known.
    fn call(&mut self, name: &Symbol, args: Vec<Known>, depth: u32) -> Option<Vec<Known>> {
        if let Some(made) = self.allocation(name, &args) {
            return Some(vec![made?]);
        }
        let func = self.module.funcs.get(name)?;
        if depth == 0 || func.layout.is_empty() {
            return None;
        }
        let mut frame = self.frame(func, args);
        self.blocks(&mut frame, func.entry(), depth - 1)
    }

    /// What a call of an allocator gives: an object, or `None` where its size is not known; `None` for other functions.
    fn allocation(&mut self, name: &Symbol, args: &[Known]) -> Option<Option<Known>> {
        let descriptor = |typ: &Known| match typ {
            Known::Address(typ, 0) => layout(&self.module.data, typ, memory::LARGEST_MADE),
            _ => None,
        };
        let object = match (&**name, args) {
            (NEW_OBJECT, [typ]) => descriptor(typ),
            // Without a descriptor: no references.
            (MALLOC, [size, Known::Number(Scalar::Ref(0))]) => {
                let size = size.int().and_then(|size| u32::try_from(size).ok());
                size.map(|size| (size, Vec::new()))
            }
            (MALLOC, [size, typ]) => descriptor(typ).and_then(|(each, refs)| {
                let size = u32::try_from(size.int()?).ok()?;
                array(size.checked_div(each)?, each, &refs).map(|(_, refs)| (size, refs))
            }),
            (MAKE_SLICE, [typ, len, cap]) => descriptor(typ).and_then(|(each, refs)| {
                let cap = u32::try_from(cap.int()?).ok()?;
                let fits = (0..=i64::from(cap)).contains(&len.int()?);
                fits.then(|| array(cap, each, &refs))?
            }),
            (NEW_OBJECT | MALLOC | MAKE_SLICE, _) => None,
            _ => return None,
        };
        Some(object.and_then(|(size, refs)| self.memory.add_object(size, refs)))
    }

    /// Evaluates from a block on to the end of the function.
    fn blocks(&mut self, frame: &mut Frame<'a>, from: Block, depth: u32) -> Option<Vec<Known>> {
        let func = frame.func;
        let mut block = from;
        'blocks: loop {
            for &inst in &func.blocks[block].insts {
                match self.step(frame, inst, depth)? {
                    Step::Next => {}
                    Step::Jump(to) => {
                        block = to;
                        continue 'blocks;
                    }
                    Step::Return(results) => return Some(results),
                }
            }
            return None;
        }
    }

    fn step(&mut self, frame: &mut Frame<'a>, inst: Inst, depth: u32) -> Option<Step> {
        self.steps = self.steps.checked_sub(1)?;
        let func = frame.func;
        let data = &func.insts[inst];
        let value = |v: Value| frame.values.get(&v).cloned();
        let all = |vs: &[Value]| vs.iter().map(|&v| value(v)).collect::<Option<Vec<_>>>();
        let result = match data {
            InstData::SymAddr { sym, offset } => Known::Address(func.syms[*sym].clone(), *offset),
            InstData::FuncIndex(sym) => Known::Function(func.syms[*sym].clone()),
            InstData::StackAddr { slot, offset } => {
                let name = frame.slots.entry(*slot).or_insert_with(|| {
                    let name: Symbol = format!("{slot} of {}", frame.number).into();
                    self.memory.add_local(name.clone(), func.slots[*slot].size);
                    name
                });
                Known::Address(name.clone(), *offset)
            }
            InstData::Unary { op, x, .. } => unary(*op, &value(*x)?)?,
            InstData::Binary { op, x, y } => binary(*op, value(*x)?, value(*y)?)?,
            InstData::Select { cond, x, y } => match value(*cond)?.int()? {
                0 => value(*y)?,
                _ => value(*x)?,
            },
            InstData::Load { mem, addr, offset } => {
                let (name, at) = value(*addr)?.address()?;
                self.memory
                    .load(*mem, &name, at.checked_add_unsigned(*offset)?)?
            }
            InstData::Store {
                mem,
                addr,
                value: stored,
                offset,
            } => {
                let (name, at) = value(*addr)?.address()?;
                let at = at.checked_add_unsigned(*offset)?;
                self.memory.store(*mem, &name, at, value(*stored)?)?;
                return Some(Step::Next);
            }
            InstData::MemCopy { dst, src, len, .. } => {
                let len = value(*len)?.int()? as u32;
                if len != 0 {
                    let (dst, src) = (value(*dst)?.address()?, value(*src)?.address()?);
                    self.memory.copy(dst, src, len)?;
                }
                return Some(Step::Next);
            }
            InstData::MemFill { dst, byte, len } => {
                let len = value(*len)?.int()? as u32;
                if len != 0 {
                    let byte = value(*byte)?.int()? as u8;
                    self.memory.fill(value(*dst)?.address()?, byte, len)?;
                }
                return Some(Step::Next);
            }
            InstData::Call {
                func: callee, args, ..
            } => {
                let args = all(args)?;
                let results = self.call(&func.syms[*callee], args, depth)?;
                return define(frame, inst, results);
            }
            InstData::CallIndirect { sig, callee, args } => {
                let (callee, args) = (value(*callee)?, all(args)?);
                let Known::Function(name) = callee else {
                    return None;
                };
                // With another signature it traps.
                let same = self.module.funcs.get(&name)?.sig == func.sigs[*sig];
                let results = same.then(|| self.call(&name, args, depth))??;
                return define(frame, inst, results);
            }
            // Nothing was left early: that would have ended evaluation.
            InstData::ExitCheck => Known::Number(Scalar::I32(0)),
            InstData::Jump(to) => return enter(frame, to),
            InstData::Brif { cond, then, els } => {
                let to = if value(*cond)?.int()? != 0 { then } else { els };
                return enter(frame, to);
            }
            InstData::BrTable {
                index,
                targets,
                default,
            } => {
                let index = value(*index)?.int()? as u32;
                return enter(frame, targets.get(index as usize).unwrap_or(default));
            }
            InstData::Return(values) => return Some(Step::Return(all(values)?)),
            _ => Known::Number(Scalar::of_inst(data)?),
        };
        define(frame, inst, vec![result])
    }
}

/// Size and references of an array, by those of an element.
fn array(len: u32, size: u32, refs: &[u32]) -> Option<(u32, Vec<u32>)> {
    let bytes = size.checked_mul(len)?;
    let each = (0..len).flat_map(|i| refs.iter().map(move |r| i * size + r));
    (bytes <= memory::LARGEST_MADE).then(|| (bytes, each.collect()))
}

/// Gives the results of an instruction their values.
fn define(frame: &mut Frame<'_>, inst: Inst, results: Vec<Known>) -> Option<Step> {
    let values = &frame.func.results[inst];
    if values.len() != results.len() {
        return None;
    }
    frame.values.extend(values.iter().copied().zip(results));
    Some(Step::Next)
}

/// Gives the parameters of a block their values.
fn enter(frame: &mut Frame<'_>, to: &BlockCall) -> Option<Step> {
    let args = to.args.iter().map(|v| frame.values.get(v).cloned());
    let args: Vec<Known> = args.collect::<Option<_>>()?;
    let params = frame.func.blocks[to.block].params.iter().copied();
    frame.values.extend(params.zip(args));
    Some(Step::Jump(to.block))
}

fn unary(op: UnaryOp, x: &Known) -> Option<Known> {
    match x {
        // No object lies at address 0.
        Known::Address(_, 0..) if op == UnaryOp::Eqz => Some(Known::Number(Scalar::I32(0))),
        Known::Number(x) => number(eval_unary(op, *x)?),
        Known::Address(..) | Known::Function(_) => None,
    }
}

fn binary(op: BinaryOp, x: Known, y: Known) -> Option<Known> {
    let bool = |value: bool| Known::Number(Scalar::I32(value.into()));
    match (op, x, y) {
        (BinaryOp::RefAdd, Known::Address(name, at), Known::Number(Scalar::I32(n))) => {
            Some(Known::Address(name, at.checked_add(n)?))
        }
        // Different objects may be one, where they are equal and never written.
        (BinaryOp::Eq | BinaryOp::Ne, Known::Address(a, x), Known::Address(b, y)) if a == b => {
            Some(bool((x == y) == (op == BinaryOp::Eq)))
        }
        (BinaryOp::Eq | BinaryOp::Ne, Known::Address(_, 0..), Known::Number(Scalar::Ref(0)))
        | (BinaryOp::Eq | BinaryOp::Ne, Known::Number(Scalar::Ref(0)), Known::Address(_, 0..)) => {
            Some(bool(op == BinaryOp::Ne))
        }
        (_, Known::Number(x), Known::Number(y)) => number(eval_binary(op, x, y)?),
        _ => None,
    }
}

/// A computed number. Which bits of a NaN a program sees is not decided here.
fn number(x: Scalar) -> Option<Known> {
    let nan = match x {
        Scalar::F32(bits) => f32::from_bits(bits).is_nan(),
        Scalar::F64(bits) => f64::from_bits(bits).is_nan(),
        Scalar::I32(_) | Scalar::I64(_) | Scalar::Ref(_) => false,
    };
    (!nan).then_some(Known::Number(x))
}

/// Removes what was evaluated.
fn cut(func: &mut Function, done: Done, values: &Values) {
    let entry = func.entry();
    let n = match done {
        Done::All => {
            func.layout.truncate(1);
            let insts = &mut func.blocks[entry].insts;
            insts.clear();
            let loc = None.into();
            func.append(entry, InstData::Return(smallvec::SmallVec::new()), loc);
            return;
        }
        Done::Instructions(n) => n,
    };
    let gone: Vec<Inst> = func.blocks[entry].insts.drain(..n).collect();
    // In the order of their definitions: the output must not depend on that of the map.
    let mut constants = Vec::new();
    let mut new: FxHashMap<Value, Value> = FxHashMap::default();
    for inst in gone {
        let loc = func.inst_locs[inst];
        for old in func.results[inst].clone() {
            let Some(known) = values.get(&old) else {
                continue;
            };
            let data = match known {
                Known::Number(x) => x.to_inst(),
                Known::Address(name, at) => Some(InstData::SymAddr {
                    sym: func.sym(name),
                    offset: *at,
                }),
                Known::Function(name) => Some(InstData::FuncIndex(func.sym(name))),
            };
            if let Some(data) = data {
                let inst = func.new_inst(data, loc);
                new.insert(old, func.results[inst][0]);
                constants.push(inst);
            }
        }
    }
    func.blocks[entry].insts.splice(0..0, constants);
    for block in func.layout.clone() {
        for inst in func.blocks[block].insts.clone() {
            func.insts[inst].map_operands(|v| new.get(&v).copied().unwrap_or(v));
        }
    }
}
