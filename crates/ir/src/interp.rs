//! A reference interpreter, for tests: what a program does before and after a pass must be the same.
//!
//! Slow and plain. Data objects lie in order from address 1024 on, stack slots above them; functions have table
//! indices in order from 1. Imports return zeros and are recorded.

use crate::inst::NULL_READABLE;
use crate::{
    BinaryOp, Block, BlockCall, EXIT_GLOBAL, Function, InstData, MemType, Module, RelocKind,
    Scalar, Signature, Symbol, Type, UnaryOp, Value, eval_binary, eval_unary,
};
use cranelift_entity::SecondaryMap;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::fmt;

/// Why a call did not return.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trap {
    /// A `trap` instruction.
    Code(crate::TrapCode),
    /// A division by zero, or of the smallest number by -1.
    Division,
    /// An access outside of memory, or to the bytes below the first object.
    Memory,
    /// An indirect call of no function, or with a wrong signature.
    Table,
    /// A symbol is not defined, or not as the right kind.
    Symbol(Symbol),
    /// Calls are nested too deeply.
    Depth,
    /// Too many instructions.
    Fuel,
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "trap {}", code.name()),
            Self::Division => f.write_str("trap: division"),
            Self::Memory => f.write_str("trap: memory access"),
            Self::Table => f.write_str("trap: indirect call"),
            Self::Symbol(symbol) => write!(f, "trap: no definition of `{symbol}`"),
            Self::Depth => f.write_str("trap: calls nested too deeply"),
            Self::Fuel => f.write_str("trap: out of fuel"),
        }
    }
}

/// Where the first data object lies. Accesses below it trap, to find uses of null.
const FIRST_ADDRESS: u32 = 1024;
const PAGE: usize = 65536;
/// Bytes for stack slots.
const STACK: usize = 4 * PAGE;
const MAX_PAGES: usize = 256;
const MAX_DEPTH: u32 = 200;
/// What bytes of stack slots hold that are not set: not zero, so that relying on it shows.
const UNDEFINED: u8 = 0xaa;

/// A program being run.
pub struct Interp<'m> {
    module: &'m Module,
    memory: Vec<u8>,
    addresses: FxHashMap<Symbol, u32>,
    globals: FxHashMap<Symbol, Scalar>,
    /// First free byte of the stack.
    stack: usize,
    depth: u32,
    /// Instructions that may still run.
    pub fuel: u64,
    /// Calls of imports so far, with their arguments.
    pub host_calls: Vec<(Symbol, Vec<Scalar>)>,
}

impl<'m> Interp<'m> {
    /// Lays out the data of a module, which must be legal.
    #[must_use]
    pub fn new(module: &'m Module) -> Self {
        let mut addresses = FxHashMap::default();
        let mut end = FIRST_ADDRESS as usize;
        for data in module.data.values() {
            let start = end.next_multiple_of(data.align.max(1) as usize);
            addresses.insert(data.name.clone(), start as u32);
            end = start + data.size as usize;
        }
        let stack = end.next_multiple_of(8);
        let mut memory = vec![0; (stack + STACK).next_multiple_of(PAGE)];
        for data in module.data.values() {
            let start = addresses[&data.name] as usize;
            memory[start..start + data.bytes.len()].copy_from_slice(&data.bytes);
            for reloc in &data.relocs {
                let value = match reloc.kind {
                    RelocKind::Addr => addresses.get(&reloc.sym).copied().unwrap_or_default(),
                    RelocKind::FuncIndex => module
                        .funcs
                        .get_index_of(&reloc.sym)
                        .map_or(0, |n| n as u32 + 1),
                };
                let value = value.wrapping_add_signed(reloc.addend);
                let at = start + reloc.offset as usize;
                memory[at..at + 4].copy_from_slice(&value.to_le_bytes());
            }
        }
        let globals = module.globals.values();
        let globals = globals.map(|g| (g.name.clone(), Scalar::from_bits(g.ty, g.init)));
        Self {
            module,
            memory,
            addresses,
            globals: globals.collect(),
            stack,
            depth: 0,
            fuel: 1_000_000,
            host_calls: Vec::new(),
        }
    }

    /// The bytes of a data object as they are now.
    #[must_use]
    pub fn data(&self, symbol: &str) -> Option<&[u8]> {
        let start = *self.addresses.get(symbol)? as usize;
        let size = self.module.data.get(symbol)?.size as usize;
        self.memory.get(start..start + size)
    }

    /// The value of a global as it is now.
    #[must_use]
    pub fn global(&self, symbol: &str) -> Option<Scalar> {
        self.globals.get(symbol).copied()
    }

    /// Why the running calls are being left.
    fn exit(&self) -> Scalar {
        let value = self.globals.get(EXIT_GLOBAL).copied();
        value.unwrap_or(Scalar::I32(0))
    }

    /// Calls a function.
    ///
    /// # Errors
    /// If it traps. The arguments must be those of its signature.
    pub fn call(&mut self, symbol: &str, args: &[Scalar]) -> Result<Vec<Scalar>, Trap> {
        if let Some(func) = self.module.funcs.get(symbol) {
            if self.depth == MAX_DEPTH {
                return Err(Trap::Depth);
            }
            let stack = self.stack;
            self.depth += 1;
            let results = Frame::new(self, func).and_then(|mut frame| frame.run(args));
            self.depth -= 1;
            self.stack = stack;
            return results;
        }
        let import = self.module.imports.get(symbol);
        let import = import.ok_or_else(|| Trap::Symbol(symbol.into()))?;
        self.host_calls.push((import.name.clone(), args.to_vec()));
        Ok(import
            .sig
            .results
            .iter()
            .map(|&ty| Scalar::zero(ty))
            .collect())
    }

    /// The bytes of an access.
    fn access(&mut self, addr: u32, offset: u32, len: u32) -> Result<&mut [u8], Trap> {
        let start = u64::from(addr) + u64::from(offset);
        let end = start + u64::from(len);
        if start < FIRST_ADDRESS.into() && len > 0 || end > self.memory.len() as u64 {
            return Err(Trap::Memory);
        }
        Ok(&mut self.memory[start as usize..end as usize])
    }

    fn load(&mut self, mem: MemType, addr: u32, offset: u32) -> Result<Scalar, Trap> {
        if addr == 0 && offset < NULL_READABLE {
            return Ok(Scalar::from_bits(mem.value_type(), 0));
        }
        let bytes = self.access(addr, offset, mem.size())?;
        let bits = bytes
            .iter()
            .rev()
            .fold(0, |bits, &b| bits << 8 | u64::from(b));
        Ok(match mem {
            MemType::S8 => Scalar::I32((bits as i8).into()),
            MemType::S16 => Scalar::I32((bits as i16).into()),
            MemType::U8 | MemType::U16 => Scalar::I32(bits as i32),
            MemType::Full(ty) => Scalar::from_bits(ty, bits),
        })
    }

    fn store(&mut self, mem: MemType, addr: u32, offset: u32, value: Scalar) -> Result<(), Trap> {
        let bytes = self.access(addr, offset, mem.size())?;
        bytes.copy_from_slice(&value.bits().to_le_bytes()[..mem.size() as usize]);
        Ok(())
    }
}

/// A function being run.
struct Frame<'i, 'm> {
    interp: &'i mut Interp<'m>,
    func: &'m Function,
    slots: Vec<u32>,
    values: SecondaryMap<Value, Option<Scalar>>,
}

/// What an instruction leads to.
enum Flow {
    Next(SmallVec<[Scalar; 2]>),
    Branch(BlockCall),
    Return(Vec<Scalar>),
}

impl<'i, 'm> Frame<'i, 'm> {
    fn new(interp: &'i mut Interp<'m>, func: &'m Function) -> Result<Self, Trap> {
        let mut slots = Vec::new();
        for slot in func.slots.values() {
            let start = interp.stack.next_multiple_of(slot.align.max(1) as usize);
            interp.stack = start + slot.size as usize;
            let bytes = interp.access(start as u32, 0, slot.size)?;
            bytes.fill(UNDEFINED);
            for &offset in &slot.refs {
                bytes[offset as usize..offset as usize + 4].fill(0);
            }
            slots.push(start as u32);
        }
        Ok(Self {
            interp,
            func,
            slots,
            values: SecondaryMap::new(),
        })
    }

    fn run(&mut self, args: &[Scalar]) -> Result<Vec<Scalar>, Trap> {
        let func = self.func;
        let mut block: Block = func.entry();
        let mut args: Vec<Scalar> = args.to_vec();
        loop {
            for (&param, &arg) in func.blocks[block].params.iter().zip(&args) {
                self.values[param] = Some(arg);
            }
            let mut branch = None;
            let insts = &func.blocks[block].insts;
            for (n, &inst) in insts.iter().enumerate() {
                self.interp.fuel = self.interp.fuel.checked_sub(1).ok_or(Trap::Fuel)?;
                match self.step(&func.insts[inst])? {
                    Flow::Next(results) => {
                        let next = insts.get(n + 1).map(|&next| &func.insts[next]);
                        if func.insts[inst].is_call()
                            && self.interp.exit() != Scalar::I32(0)
                            && !matches!(next, Some(InstData::ExitCheck))
                        {
                            return Ok(self.exit_results());
                        }
                        for (&v, result) in func.results[inst].iter().zip(results) {
                            self.values[v] = Some(result);
                        }
                    }
                    Flow::Branch(target) => branch = Some(target),
                    Flow::Return(results) => return Ok(results),
                }
            }
            let target = branch.ok_or(Trap::Code(crate::TrapCode::Unreachable))?;
            args = self.all(&target.args);
            block = target.block;
        }
    }

    /// The results of a function that is left while `exit` is set: they mean nothing.
    fn exit_results(&self) -> Vec<Scalar> {
        let results = self.func.sig.results.iter();
        results.map(|&ty| Scalar::zero(ty)).collect()
    }

    fn value(&self, v: Value) -> Scalar {
        self.values[v].expect("definitions dominate uses")
    }

    fn all(&self, values: &[Value]) -> Vec<Scalar> {
        values.iter().map(|&v| self.value(v)).collect()
    }

    /// A 32-bit operand: an i32 or ref.
    fn word(&self, v: Value) -> u32 {
        self.value(v).bits() as u32
    }

    fn address(&self, sym: crate::SymRef) -> Result<u32, Trap> {
        let symbol = &self.func.syms[sym];
        let address = self.interp.addresses.get(symbol).copied();
        address.ok_or_else(|| Trap::Symbol(symbol.clone()))
    }

    fn step(&mut self, data: &InstData) -> Result<Flow, Trap> {
        let func = self.func;
        let result = match data {
            InstData::I32Const(_)
            | InstData::I64Const(_)
            | InstData::F32Const(_)
            | InstData::F64Const(_)
            | InstData::Null => Scalar::of_inst(data).unwrap_or(Scalar::Ref(0)),
            InstData::SymAddr { sym, offset } => {
                Scalar::Ref(self.address(*sym)?.wrapping_add_signed(*offset))
            }
            InstData::FuncIndex(sym) => {
                let symbol = &func.syms[*sym];
                let index = self.interp.module.funcs.get_index_of(symbol);
                let index = index.ok_or_else(|| Trap::Symbol(symbol.clone()))?;
                Scalar::I32(index as i32 + 1)
            }
            InstData::StackAddr { slot, offset } => {
                Scalar::Ref(self.slots[slot.as_u32() as usize].wrapping_add_signed(*offset))
            }
            InstData::Unary { op, x, .. } => self.unary(*op, *x),
            InstData::Binary { op, x, y } => self.binary(*op, *x, *y)?,
            InstData::Select { cond, x, y } => {
                self.value(if self.word(*cond) != 0 { *x } else { *y })
            }
            InstData::Load { mem, addr, offset } => {
                let addr = self.word(*addr);
                self.interp.load(*mem, addr, *offset)?
            }
            InstData::GlobalGet { global, .. } => {
                let symbol = &func.syms[*global];
                let value = self.interp.globals.get(symbol).copied();
                value.ok_or_else(|| Trap::Symbol(symbol.clone()))?
            }
            InstData::MemorySize => Scalar::I32((self.interp.memory.len() / PAGE) as i32),
            InstData::MemoryGrow(pages) => {
                let before = self.interp.memory.len() / PAGE;
                let after = before + self.word(*pages) as usize;
                if after <= MAX_PAGES {
                    self.interp.memory.resize(after * PAGE, 0);
                    Scalar::I32(before as i32)
                } else {
                    Scalar::I32(-1)
                }
            }
            InstData::ExitCheck => self.interp.exit(),
            InstData::Store { .. }
            | InstData::MemCopy { .. }
            | InstData::MemFill { .. }
            | InstData::GlobalSet { .. } => {
                self.write(data)?;
                return Ok(Flow::Next(SmallVec::new()));
            }
            InstData::Call {
                func: callee, args, ..
            } => {
                let args = self.all(args);
                let results = self.interp.call(&func.syms[*callee], &args)?;
                return Ok(Flow::Next(results.into()));
            }
            InstData::CallIndirect { sig, callee, args } => {
                let args = self.all(args);
                let symbol = self.table_entry(self.word(*callee), &func.sigs[*sig])?;
                return Ok(Flow::Next(self.interp.call(&symbol, &args)?.into()));
            }
            InstData::Jump(target) => return Ok(Flow::Branch(target.clone())),
            InstData::Brif { cond, then, els } => {
                let target = if self.word(*cond) != 0 { then } else { els };
                return Ok(Flow::Branch(target.clone()));
            }
            InstData::BrTable {
                index,
                targets,
                default,
            } => {
                let target = targets.get(self.word(*index) as usize).unwrap_or(default);
                return Ok(Flow::Branch(target.clone()));
            }
            InstData::Return(values) => return Ok(Flow::Return(self.all(values))),
            InstData::ReturnExit => return Ok(Flow::Return(self.exit_results())),
            InstData::Trap(code) => return Err(Trap::Code(*code)),
        };
        Ok(Flow::Next(SmallVec::from_slice(&[result])))
    }

    fn unary(&self, op: UnaryOp, x: Value) -> Scalar {
        eval_unary(op, self.value(x)).expect("operands have been verified")
    }

    fn binary(&self, op: BinaryOp, x: Value, y: Value) -> Result<Scalar, Trap> {
        // Divisions are the only operations that trap.
        eval_binary(op, self.value(x), self.value(y)).ok_or(Trap::Division)
    }

    fn table_entry(&self, index: u32, sig: &Signature) -> Result<Symbol, Trap> {
        let entry = (index as usize).checked_sub(1);
        let entry = entry.and_then(|n| self.interp.module.funcs.get_index(n));
        match entry {
            Some((symbol, func)) if func.sig == *sig => Ok(symbol.clone()),
            Some(_) | None => Err(Trap::Table),
        }
    }

    /// An instruction that writes.
    fn write(&mut self, data: &InstData) -> Result<(), Trap> {
        match data {
            InstData::Store {
                mem,
                addr,
                value,
                offset,
            } => {
                let (addr, value) = (self.word(*addr), self.value(*value));
                self.interp.store(*mem, addr, *offset, value)
            }
            InstData::MemCopy { dst, src, len, .. } => {
                let (dst, src, len) = (self.word(*dst), self.word(*src), self.word(*len));
                let bytes = self.interp.access(src, 0, len)?.to_vec();
                self.interp.access(dst, 0, len)?.copy_from_slice(&bytes);
                Ok(())
            }
            InstData::MemFill { dst, byte, len } => {
                let (dst, byte, len) = (self.word(*dst), self.word(*byte), self.word(*len));
                self.interp.access(dst, 0, len)?.fill(byte as u8);
                Ok(())
            }
            InstData::GlobalSet { global, value } => {
                let value = self.value(*value);
                let symbol = self.func.syms[*global].clone();
                self.interp.globals.insert(symbol, value);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::I32(n) => write!(f, "{n}"),
            Self::I64(n) => write!(f, "{n}"),
            Self::F32(bits) => write!(f, "{:?}", f32::from_bits(*bits)),
            Self::F64(bits) => write!(f, "{:?}", f64::from_bits(*bits)),
            Self::Ref(address) => write!(f, "{address:#x}"),
        }
    }
}

impl Scalar {
    /// Parses a number of a type as a person writes it.
    #[must_use]
    pub fn parse(ty: Type, text: &str) -> Option<Self> {
        Some(match ty {
            Type::I32 => Self::I32(text.parse().ok()?),
            Type::I64 => Self::I64(text.parse().ok()?),
            Type::F32 => Self::F32(text.parse::<f32>().ok()?.to_bits()),
            Type::F64 => Self::F64(text.parse::<f64>().ok()?.to_bits()),
            Type::Ref => Self::Ref(text.parse().ok()?),
        })
    }
}
